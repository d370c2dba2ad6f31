import type { Diagnostic, Result } from '../diagnostics/diagnostic.ts';
import { fail, ok } from '../diagnostics/diagnostic.ts';
import type { CheckContext } from './context.ts';
import { besideReference, readReference } from './file-reference.ts';
import { errorText } from './one-line.ts';

/** What a kubeconfig's current context says about talking to its cluster. */
export interface ClusterAccess {
  readonly ca?: Uint8Array;
  readonly cert?: Uint8Array;
  readonly key?: Uint8Array;
  readonly token?: string;
  /** `tls-server-name`: the name to verify and to send as SNI. */
  readonly serverName?: string;
  readonly insecure: boolean;
}

type Fields = Readonly<Record<string, unknown>>;
type Files = Pick<CheckContext, 'root' | 'directory'>;

/**
 * Reads the current context of a kubeconfig (client-go `api/v1` types). `*-data` wins over the file of the same name, as in
 * client-go. Never runs anything: exec plugins and auth providers are refused. Failures: SP4104 (file), SP4105 (content).
 */
export async function readKubeconfig(
  reference: string,
  files: Files,
): Promise<Result<ClusterAccess>> {
  const bytes = await readReference(reference, files);
  if (!bytes.ok) return bytes;
  const { parseYaml } = await import('./kubeconfig-text.ts');
  let config: Fields;
  try {
    config = fields(parseYaml(Buffer.from(bytes.value).toString('utf8')));
  } catch (error) {
    return fail(unusable(reference, errorText(error)));
  }
  const context = named(config.contexts, config['current-context'], 'context');
  if (context === null)
    return fail(unusable(reference, 'its `current-context` is not in `contexts`'));
  const cluster = named(config.clusters, context.cluster, 'cluster');
  if (cluster === null)
    return fail(unusable(reference, 'the cluster of its current context is missing'));
  const user = named(config.users, context.user, 'user') ?? {};
  const plugin = ['exec', 'auth-provider'].find((key) => user[key] !== undefined);
  if (plugin !== undefined) {
    const reason = `its user needs \`${plugin}\`: a gate runs no credential plugin; give a client certificate or a token`;
    return fail(unusable(reference, reason));
  }
  return access(reference, cluster, user, files);
}

async function access(
  reference: string,
  cluster: Fields,
  user: Fields,
  files: Files,
): Promise<Result<ClusterAccess>> {
  const parts = await Promise.all([
    dataOrFile(reference, cluster, 'certificate-authority', files),
    dataOrFile(reference, user, 'client-certificate', files),
    dataOrFile(reference, user, 'client-key', files),
    token(reference, user, files),
  ]);
  const failures = parts.flatMap((part) => (part.ok ? [] : part.diagnostics));
  if (failures.length > 0) return fail(...failures);
  const [ca, cert, key, bearer] = parts.map((part) => (part.ok ? part.value : null));
  const serverName = text(cluster['tls-server-name']);
  return ok({
    ...(ca && { ca }),
    ...(cert && { cert }),
    ...(key && { key }),
    ...(bearer && { token: Buffer.from(bearer).toString('utf8').trim() }),
    ...(serverName !== null && { serverName }),
    insecure: cluster['insecure-skip-tls-verify'] === true,
  });
}

async function dataOrFile(
  reference: string,
  from: Fields,
  key: string,
  files: Files,
): Promise<Result<Uint8Array | null>> {
  const data = text(from[`${key}-data`]);
  if (data !== null) return ok(Buffer.from(data, 'base64'));
  const file = text(from[key]);
  return file === null ? ok(null) : readReference(besideReference(reference, file), files);
}

async function token(
  reference: string,
  user: Fields,
  files: Files,
): Promise<Result<Uint8Array | null>> {
  // client-go: "If both Token and TokenFile are specified, TokenFile is periodically read and takes precedence".
  const file = text(user.tokenFile);
  if (file !== null) return readReference(besideReference(reference, file), files);
  const literal = text(user.token);
  return ok(literal === null ? null : Buffer.from(literal));
}

function named(list: unknown, name: unknown, field: string): Fields | null {
  if (!Array.isArray(list) || text(name) === null) return null;
  const entry: unknown = list.find((e) => fields(e).name === name);
  return entry === undefined ? null : fields(fields(entry)[field]);
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function unusable(reference: string, reason: string): Diagnostic {
  return {
    code: 'SP4105',
    severity: 'error',
    message: `cannot use kubeconfig ${reference}: ${reason}`,
  };
}
