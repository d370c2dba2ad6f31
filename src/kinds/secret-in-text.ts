import type { SecretKind } from './secret-in-documents.ts';
import { isSecretInYaml } from './secret-in-yaml.ts';

const KUBECONFIG = /["'\s{,]kind["']?\s*:\s*["']?Config(?![\w.-])/;
const ENCRYPTION = /["'\s{,]kind["']?\s*:\s*["']?EncryptionConfig(?:uration)?(?![\w.-])/;
const USERS = /["'\s{,]users["']?\s*:/;

/** A user of a kubeconfig; not what kubectl prints instead. Also in comments: a token that counts no more may be one. */
const CREDENTIAL =
  /["'\s{,](?:(?:id-|refresh-|access-)?token|password|client-secret)["']?[ \t]*:[ \t]*["']?(?!REDACTED|null\b|~)[^\s"'{}[\],#]{4}/;
/** Keys are base64 (apiserver.config.k8s.io/v1, Key); `identity` has none. */
const ENCRYPTION_KEY = /["'\s{,]secret["']?[ \t]*:[ \t]*["']?[A-Za-z0-9+/]{16}/;

/** What lines say that need not be YAML, where they say it plainly. */
export function secretInLines(text: string): SecretKind | null {
  const lines = `\n${text}`;
  if (isSecretInYaml(text)) return 'Secret';
  if (KUBECONFIG.test(lines) && USERS.test(lines) && CREDENTIAL.test(lines)) return 'Config';
  const isEncryption = ENCRYPTION.test(lines) && ENCRYPTION_KEY.test(lines);
  return isEncryption ? 'EncryptionConfiguration' : null;
}

/** Properties of a YAML node, and the head of a block, before its value. Bounded: else it would be read again at each colon. */
const BEFORE = String.raw`(?:[!&|>][^\s]{0,99}\s+){0,4}["']?`;
const NO_VALUE = String.raw`(?!REDACTED|DATA\+OMITTED|null\b|~|["']["']|["']?<|\{\s*\}|#)`;

function field(name: string, value: string): RegExp {
  return new RegExp(String.raw`["'\s{,?](?:${name})["']?\s*:\s*${value}`);
}

const ANY_SECRET = field('kind', `${BEFORE}Secret(?![\\w.-])`);
const ANY_DATA = field('data|stringData', `${NO_VALUE}\\S`);
const ANY_CONFIG = field('kind', `${BEFORE}Config(?![\\w.-])`);
const ANY_CLUSTER = field('clusters|contexts', '');
const ANY_ENCRYPTION = field('kind', `${BEFORE}EncryptionConfig`);
const ANY_KEY = field('secret', `${NO_VALUE}\\S`);
const ANY_CREDENTIAL = field(
  '(?:id-|refresh-|access-)?token|password|client-secret|client-key-data',
  `${NO_VALUE}\\S`,
);

/** For texts of which nothing is known but words, because they do not parse: in doubt it is a secret. */
export function secretInWords(text: string): SecretKind | null {
  const words = `\n${text}`;
  if (ANY_SECRET.test(words) && ANY_DATA.test(words)) return 'Secret';
  const isKubeconfig = USERS.test(words) && (ANY_CONFIG.test(words) || ANY_CLUSTER.test(words));
  if (isKubeconfig && ANY_CREDENTIAL.test(words)) return 'Config';
  const isEncryption = ANY_ENCRYPTION.test(words) && ANY_KEY.test(words);
  return isEncryption ? 'EncryptionConfiguration' : null;
}
