import { isDerPrivateKey } from './der-private-key.ts';
import { kubernetesSecret } from './kubernetes-secrets.ts';
import type { SecretKind } from './kubernetes-secrets.ts';

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

/** The kind of a document that may hold secrets, in YAML or JSON: `EncryptionConfig` was its first name. */
const KIND =
  /\bkind["']?\s*:\s*["']?(?:(Secret)|(Config)|(EncryptionConfig(?:uration)?))(?![\w.-])/;

/** All of them at once: most files have none, and are read through once. Groups: the marks in their order, then the kinds. */
const ANY = new RegExp(
  [...MARKS.map(({ mark }) => `(${mark.source})`), `(?:${KIND.source})`].join('|'),
  'g',
);

const BYTE_ORDER_MARK = /^(?:\xff\xfe|\xfe\xff|\xef\xbb\xbf)/;

/** What the content unmistakably is, for a sentence; `null`: nothing of what is known here. Pure, in linear time. */
export function secretMark(bytes: Uint8Array): string | null {
  if (isDerPrivateKey(bytes)) return 'a private key in DER';
  const text = asciiOf(bytes);
  const kinds = new Set<SecretKind>();
  for (const [, ...groups] of text.matchAll(ANY)) {
    const found = groups.findIndex((group) => group !== undefined);
    const mark = MARKS[found];
    if (mark !== undefined) return mark.name;
    const [secret, config] = groups.slice(MARKS.length);
    kinds.add(kindOf(secret, config));
  }
  return kinds.size === 0 ? null : kubernetesSecret(text, kinds);
}

function kindOf(secret: string | undefined, config: string | undefined): SecretKind {
  if (secret !== undefined) return 'Secret';
  return config === undefined ? 'EncryptionConfiguration' : 'Config';
}

/**
 * One character a byte, so that any encoding that keeps ASCII can be read. UTF-16 and UTF-32 keep it between zeros: their text begins
 * with a byte order mark, or with a zero next to its first character.
 */
function asciiOf(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const isWide = /^(?:\xff\xfe|\xfe\xff|\0|.\0)/s.test(text);
  const ascii = isWide ? text.replaceAll('\0', '') : text;
  return ascii.replace(BYTE_ORDER_MARK, '');
}
