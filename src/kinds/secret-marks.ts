import { isDerPrivateKey } from './der-private-key.ts';
import { kubernetesSecret } from './kubernetes-secrets.ts';

/**
 * Marks of content that cannot be anything but a secret. Few, and none that a certificate, a public key or a text about keys has:
 * a mark that fires wrongly costs a copy in the recorded state, and teaches people to switch it off.
 */
const MARKS: readonly { readonly name: string; readonly mark: RegExp }[] = [
  {
    name: 'an OpenSSH private key',
    // openssh-portable, PROTOCOL.key, section 1.
    mark: /-----BEGIN OPENSSH PRIVATE KEY-----/,
  },
  {
    name: 'a PGP private key',
    // RFC 9580, section 6.2.1.
    mark: /-----BEGIN PGP PRIVATE KEY BLOCK-----/,
  },
  {
    name: 'a PEM private key',
    // RFC 7468, sections 10 and 11 (PKCS #8, also encrypted); RSA, EC and DSA before the words: OpenSSL, pem.h.
    mark: /-----BEGIN (?:ENCRYPTED |RSA |EC |DSA )?PRIVATE KEY-----/,
  },
  {
    name: 'the client key of a kubeconfig',
    // Kubernetes, client-go tools/clientcmd/api/v1 AuthInfo: base64 of a PEM key in JSON or any spelling of YAML (block, tag, anchor,
    // alias); not what kubectl prints instead of it.
    mark: /\bclient-key-data["']?\s*:\s*(?:[|>!&*]|["']?(?!DATA\+OMITTED|REDACTED)[A-Za-z0-9+/]{16})/,
  },
  {
    name: 'an age secret key',
    // C2SP age specification, sections on X25519 and the post-quantum recipient types: Bech32 in upper case.
    mark: /\bAGE-SECRET-KEY-(?:PQ-)?1[02-9AC-HJ-NP-Z]{16}/,
  },
  {
    name: 'a PuTTY private key',
    // PuTTY manual, appendix C: public keys are written in other formats.
    mark: /\bPuTTY-User-Key-File-\d+: \S/,
  },
];

/** All of them at once: most files have none, and are read through once. */
const ANY = new RegExp(MARKS.map(({ mark }) => `(${mark.source})`).join('|'));

const BYTE_ORDER_MARK = /^(?:\xff\xfe|\xfe\xff|\xef\xbb\xbf)/;

/** What the content unmistakably is, for a sentence; `null`: nothing of what is known here. Pure, in linear time. */
export function secretMark(bytes: Uint8Array): string | null {
  if (isDerPrivateKey(bytes)) return 'a private key in DER';
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = markIn(buffer);
  return found === null && buffer.includes(0) ? markIn(withoutZeros(buffer)) : found;
}

/**
 * One character a byte, so that any encoding that keeps ASCII can be read. UTF-16 and UTF-32 keep it between zeros, which no text has:
 * without them, it can be read there, too, whatever it begins with.
 */
function markIn(bytes: Buffer): string | null {
  const text = bytes.toString('latin1').replace(BYTE_ORDER_MARK, '');
  const groups = ANY.exec(text)?.slice(1) ?? [];
  const mark = MARKS[groups.findIndex((group) => group !== undefined)];
  return mark?.name ?? kubernetesSecret(text);
}

function withoutZeros(bytes: Buffer): Buffer {
  const kept = Buffer.alloc(bytes.length);
  let length = 0;
  for (const byte of bytes) if (byte !== 0) kept[length++] = byte;
  return kept.subarray(0, length);
}
