/** One DER element (ITU-T X.690, sections 8.1 and 10.1): its tag, and where its content lies. */
interface Element {
  readonly tag: number;
  readonly from: number;
  readonly to: number;
}

const INTEGER = 0x02;
const OCTET_STRING = 0x04;
const OBJECT_IDENTIFIER = 0x06;
const SEQUENCE = 0x30;
const PARAMETERS = 0xa0;
const PUBLIC_KEY = 0xa1;

/** Two-prime RSA keys have nine numbers, DSA keys of OpenSSL six. Public keys and parameters have two or three. */
const NUMBERS_OF_KEYS: readonly number[] = [6, 9];

/** Password-based encryption: PKCS #5 and PKCS #12, 1.2.840.113549.1.5 and .1.12.1. */
const PBE: readonly (readonly number[])[] = [
  [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05],
  [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x01],
];

/**
 * Whether a whole file is one private key in DER: PKCS #8 (RFC 5958), also encrypted, PKCS #1 (RFC 8017, A.1.2), SEC 1 (RFC 5915) or
 * DSA as OpenSSL writes it. By its structure; the outermost length has to be that of the file. Looks at a few bytes of others.
 */
export function isDerPrivateKey(bytes: Uint8Array): boolean {
  const whole = elementAt(bytes, 0, bytes.length);
  if (whole?.tag !== SEQUENCE || whole.to !== bytes.length) return false;
  const parts = elements(bytes, whole, 12);
  if (parts === null) return false;
  return isPkcs8(bytes, parts) || isSec1(bytes, parts) || isNumbers(bytes, parts);
}

function isPkcs8(bytes: Uint8Array, parts: readonly Element[]): boolean {
  const [first, second, third] = parts;
  if (first?.tag === SEQUENCE) {
    return parts.length === 2 && second?.tag === OCTET_STRING && isEncryption(bytes, first);
  }
  if (!isVersion(bytes, first, [0, 1]) || second?.tag !== SEQUENCE) return false;
  return third?.tag === OCTET_STRING && algorithmOf(bytes, second) !== null;
}

function isSec1(bytes: Uint8Array, parts: readonly Element[]): boolean {
  const [version, key, ...more] = parts;
  if (!isVersion(bytes, version, [1]) || key?.tag !== OCTET_STRING) return false;
  return more.every(({ tag }) => tag === PARAMETERS || tag === PUBLIC_KEY);
}

function isNumbers(bytes: Uint8Array, parts: readonly Element[]): boolean {
  if (!isVersion(bytes, parts[0], [0])) return false;
  return NUMBERS_OF_KEYS.includes(parts.length) && parts.every(({ tag }) => tag === INTEGER);
}

function isVersion(bytes: Uint8Array, element: Element | undefined, versions: number[]): boolean {
  if (element?.tag !== INTEGER || element.to - element.from !== 1) return false;
  return versions.includes(bytes[element.from] ?? -1);
}

function isEncryption(bytes: Uint8Array, algorithm: Element): boolean {
  const id = algorithmOf(bytes, algorithm);
  return id !== null && PBE.some((prefix) => prefix.every((byte, at) => id[at] === byte));
}

/** The object identifier that an AlgorithmIdentifier begins with. */
function algorithmOf(bytes: Uint8Array, { from, to }: Element): Uint8Array | null {
  const id = elementAt(bytes, from, to);
  return id?.tag === OBJECT_IDENTIFIER ? bytes.subarray(id.from, id.to) : null;
}

/** What is inside of an element; null when it is no DER, or more than `most`. */
function elements(bytes: Uint8Array, { from, to }: Element, most: number): Element[] | null {
  const found: Element[] = [];
  for (let at = from; at < to;) {
    const element = elementAt(bytes, at, to);
    if (element === null || found.length === most) return null;
    found.push(element);
    at = element.to;
  }
  return found;
}

function elementAt(bytes: Uint8Array, at: number, end: number): Element | null {
  const [tag, first] = [bytes[at], bytes[at + 1]];
  if (tag === undefined || first === undefined || at + 2 > end) return null;
  const more = first < 0x80 ? 0 : first - 0x80;
  if (first === 0x80 || more > 4) return null;
  let length = more === 0 ? first : 0;
  for (let i = 0; i < more; i++) length = length * 256 + (bytes[at + 2 + i] ?? 0);
  const from = at + 2 + more;
  return from + length <= end ? { tag, from, to: from + length } : null;
}
