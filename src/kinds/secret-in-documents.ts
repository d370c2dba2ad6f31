/** Kinds of Kubernetes documents that can hold secrets. */
export type SecretKind = 'Secret' | 'Config' | 'EncryptionConfiguration';

type Mapping = Readonly<Record<string, unknown>>;

/** `EncryptionConfig` was its first name. */
const ENCRYPTION: readonly unknown[] = ['EncryptionConfiguration', 'EncryptionConfig'];

/** Of a user of a kubeconfig (client-go tools/clientcmd/api/v1, AuthInfo), and of its OIDC auth provider. */
const CREDENTIALS: ReadonlySet<string> = new Set([
  'token',
  'password',
  'client-key-data',
  'id-token',
  'refresh-token',
  'access-token',
  'client-secret',
]);
const KEYS: ReadonlySet<string> = new Set(['secret']);

/** What kubectl prints instead, and the example of the manual. */
const NO_VALUE = /^(?:\s*|REDACTED|DATA\+OMITTED|<[^>]*>)$/;

export interface Inside {
  readonly kind: SecretKind | null;
  /** Texts in it may hold documents of their own: a ConfigMap with a kubeconfig, the files of cloud-init. */
  readonly texts: readonly string[];
}

/** The first mapping of decoded documents, at any depth, that has a secret in it. In linear time, also where aliases share parts. */
export function secretInDocuments(documents: readonly unknown[]): Inside {
  const texts: string[] = [];
  const credentials = finder(CREDENTIALS);
  const keys = finder(KEYS);
  for (const value of partsOf(documents, new Set())) {
    if (typeof value === 'string') texts.push(value);
    if (!isMapping(value)) continue;
    const { kind, data, stringData, users } = value;
    if (kind === 'Secret' && (isFilled(data) || isFilled(stringData))) return { kind, texts };
    if (credentials(kind === 'Config' ? users : usersOf(users))) return { kind: 'Config', texts };
    if (ENCRYPTION.includes(kind) && keys(value)) return { kind: 'EncryptionConfiguration', texts };
  }
  return { kind: null, texts };
}

/** Without the kind, its shape says that it is a kubeconfig: others have lists of users, too, but not in these words. */
function usersOf(users: unknown): readonly unknown[] {
  if (!Array.isArray(users)) return [];
  return users.map((one: unknown) => (isMapping(one) ? one['user'] : null));
}

/** Whether one of these names has a value, at any depth. What was looked through once is not looked through again. */
function finder(names: ReadonlySet<string>): (within: unknown) => boolean {
  const seen = new Set<object>();
  return (within) => {
    for (const value of partsOf(within, seen)) {
      if (!isMapping(value)) continue;
      const found = Object.entries(value).some(([name, one]) => names.has(name) && isValue(one));
      if (found) return true;
    }
    return false;
  };
}

/** A value and everything in it, without what `seen` has. */
function* partsOf(whole: unknown, seen: Set<object>): Generator {
  const open: unknown[] = [whole];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === 'object' && value !== null) {
      if (seen.has(value)) continue;
      seen.add(value);
      for (const inside of Object.values(value)) open.push(inside);
    }
    yield value;
  }
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isFilled(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return isValue(value);
}

function isValue(value: unknown): boolean {
  if (typeof value === 'string') return !NO_VALUE.test(value);
  return typeof value === 'number' || typeof value === 'boolean';
}
