import type tls from 'node:tls';
import type { Result } from '../diagnostics/diagnostic.ts';
import { fail, ok } from '../diagnostics/diagnostic.ts';
import type { HttpCheck } from '../model/check.ts';
import type { CheckContext } from './context.ts';
import { readReference } from './file-reference.ts';
import type { ClusterAccess } from './kubeconfig.ts';
import { readKubeconfig } from './kubeconfig.ts';
import { errorText } from './one-line.ts';

/** How one request proves who it is and whom it trusts. */
export interface HttpCredentials {
  /** Null for plain http. */
  readonly secureContext: tls.SecureContext | null;
  readonly serverName: string | null;
  readonly verify: boolean;
  /** Bearer token. */
  readonly token: string | null;
  /** Whether any credential is presented: decides the advice after a 401. */
  readonly presented: boolean;
  /** Why the kubeconfig that may be there gives no credential; null when it does, or none may. */
  readonly without: string | null;
}

/**
 * Reads everything anew for each attempt, because components rotate these files. `ca`, `cert` and `key` win over the
 * kubeconfig. Failures: SP4104, SP4105.
 */
export async function loadCredentials(
  spec: HttpCheck,
  context: CheckContext,
): Promise<Result<HttpCredentials>> {
  const [access, ca, cert, key] = await Promise.all([
    spec.kubeconfig === undefined ? NOTHING : readKubeconfig(spec.kubeconfig, context),
    optional(spec.ca, context),
    optional(spec.cert, context),
    optional(spec.key, context),
  ]);
  if (spec.kubeconfigIfThere !== undefined) return ofHost(spec, spec.kubeconfigIfThere, context);
  const failures = [access, ca, cert, key].flatMap((part) => (part.ok ? [] : part.diagnostics));
  if (!access.ok || !ca.ok || !cert.ok || !key.ok) return fail(...failures);
  const cluster = access.value;
  // A certificate file may hold its key too, as kubelet-client-current.pem does.
  const explicit = cert.value && { cert: cert.value, key: key.value ?? cert.value };
  return build(spec, cluster, {
    ca: ca.value ?? cluster.ca ?? null,
    cert: explicit ? explicit.cert : (cluster.cert ?? null),
    key: explicit ? explicit.key : (cluster.key ?? cluster.cert ?? null),
  });
}

/** Only a client certificate: the server of such a gate is not verified, and a token would be in the hands of whoever answers. */
async function ofHost(
  spec: HttpCheck,
  kubeconfig: string,
  context: CheckContext,
): Promise<Result<HttpCredentials>> {
  const access = await readKubeconfig(kubeconfig, context);
  const none = { ca: null, cert: null, key: null };
  if (!access.ok) {
    const reason = access.diagnostics.map(({ message }) => message).join('; ');
    return build(spec, { insecure: false }, none, reason);
  }
  const { cert = null, key = null } = access.value;
  const without = cert === null ? `${kubeconfig} has no client certificate` : null;
  return build(spec, { insecure: false }, { ca: null, cert, key: key ?? cert }, without);
}

const NOTHING: Result<ClusterAccess> = { ok: true, value: { insecure: false } };

interface Pems {
  readonly ca: Uint8Array | null;
  readonly cert: Uint8Array | null;
  readonly key: Uint8Array | null;
}

async function build(
  spec: HttpCheck,
  cluster: ClusterAccess,
  pems: Pems,
  without: string | null = null,
): Promise<Result<HttpCredentials>> {
  const plain = new URL(spec.url).protocol === 'http:';
  const token = cluster.token ?? null;
  if (plain && token !== null) {
    const message = `${spec.kubeconfig ?? 'the kubeconfig'} holds a token, which is not sent over plain http: use an https URL`;
    return fail({ code: 'SP4105', severity: 'error', message });
  }
  try {
    const { createSecureContext } = await import('node:tls');
    return ok({
      secureContext: plain ? null : createSecureContext(pemOptions(pems)),
      serverName: cluster.serverName ?? null,
      verify: spec.insecureSkipVerify !== true && !cluster.insecure,
      token,
      presented: token !== null || (!plain && pems.cert !== null),
      without,
    });
  } catch (error) {
    const message = `ca, cert or key cannot be used: ${errorText(error)}`;
    return fail({ code: 'SP4104', severity: 'error', message });
  }
}

function pemOptions({ ca, cert, key }: Pems): tls.SecureContextOptions {
  return {
    ...(ca && { ca: Buffer.from(ca) }),
    ...(cert && { cert: Buffer.from(cert) }),
    ...(cert && key && { key: Buffer.from(key) }),
  };
}

async function optional(
  reference: string | undefined,
  context: CheckContext,
): Promise<Result<Uint8Array | null>> {
  return reference === undefined ? ok(null) : readReference(reference, context);
}
