import { isSecretInYaml } from './secret-in-yaml.ts';

/** Kinds of Kubernetes documents that can hold secrets. */
export type SecretKind = 'Secret' | 'Config' | 'EncryptionConfiguration';

const NAMES: Readonly<Record<SecretKind, string>> = {
  Secret: 'a Kubernetes Secret',
  Config: 'the credentials of a kubeconfig',
  EncryptionConfiguration: 'the keys of an EncryptionConfiguration',
};

/** A user of a kubeconfig (client-go tools/clientcmd/api/v1, AuthInfo); not what kubectl prints instead. */
const CREDENTIAL =
  /["'\s{,](?:token|password)["']?[ \t]*:[ \t]*["']?(?!REDACTED|null\b|~)[^\s"'{}[\],#]{4}/;
/** Keys are base64 (apiserver.config.k8s.io/v1, Key); `identity` has none. */
const ENCRYPTION_KEY = /["'\s{,]secret["']?[ \t]*:[ \t]*["']?[A-Za-z0-9+/]{16}/;
/** Flow style: JSON, also more than one document of it, and YAML that looks like it. */
const FLOW_KIND = /["'\s{,]kind["']?\s*:\s*["']?Secret["']?\s*[,}]/;
const FLOW_DATA = /["'\s{,](?:data|stringData)["']?\s*:\s*\{\s*[^\s}]/;

/** What a text that names one of these kinds holds; null: only the name, or nothing in it. */
export function kubernetesSecret(text: string, kinds: ReadonlySet<SecretKind>): string | null {
  const holds: Readonly<Record<SecretKind, () => boolean>> = {
    Secret: () => isSecretInYaml(text) || isSecretInFlow(text),
    Config: () => /["'\s{,]users["']?\s*:/.test(`\n${text}`) && CREDENTIAL.test(text),
    EncryptionConfiguration: () => ENCRYPTION_KEY.test(text),
  };
  const found = [...kinds].find((kind) => holds[kind]());
  return found === undefined ? null : NAMES[found];
}

function isSecretInFlow(text: string): boolean {
  if (!FLOW_KIND.test(text) || !FLOW_DATA.test(text)) return false;
  const parsed = parseJson(text);
  return parsed === undefined || holdsSecret(parsed);
}

/** Undefined: it is not one JSON document. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function holdsSecret(document: unknown): boolean {
  const open: unknown[] = [document];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    const { kind, data, stringData } = value as Readonly<Record<string, unknown>>;
    if (kind === 'Secret' && (isFilled(data) || isFilled(stringData))) return true;
    for (const inside of Object.values(value)) open.push(inside);
  }
  return false;
}

function isFilled(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}
