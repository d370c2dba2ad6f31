import type { EtcdQuorumCheck, HttpCheck } from '../../model/check.ts';
import { describeConnectionError } from '../connection-error.ts';
import type { CheckContext } from '../context.ts';
import { loadCredentials } from '../http-credentials.ts';
import { readBody } from '../http-response.ts';
import { oneLine } from '../one-line.ts';
import { startRequest } from '../start-request.ts';

const LIMIT = 1024 * 1024;

export interface EtcdQuestion {
  /** Client URL. */
  readonly base: string;
  readonly path: string;
  readonly method: 'GET' | 'POST';
}

export type EtcdAnswer =
  | { readonly ok: true; readonly body: unknown }
  | { readonly ok: false; readonly trouble: string; readonly notLetIn: boolean };

/** One request of JSON over a connection of its own. Never rejects. An unhealthy member says so with 503: that is an answer. */
export async function askEtcd(
  { base, path, method }: EtcdQuestion,
  { ca, cert, key, insecureSkipVerify }: EtcdQuorumCheck,
  context: CheckContext,
  signal: AbortSignal,
): Promise<EtcdAnswer> {
  if (!URL.canParse(path, base) || !/^https?:/u.test(base))
    return trouble('not an http or https URL');
  const url = new URL(path, base);
  const spec: HttpCheck = {
    kind: 'http',
    url: url.href,
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(insecureSkipVerify === undefined ? {} : { insecureSkipVerify }),
  };
  const credentials = await loadCredentials(spec, context);
  if (!credentials.ok) {
    return trouble(credentials.diagnostics.map((d) => `${d.message} (${d.code})`).join('; '));
  }
  try {
    const headers = { 'content-type': 'application/json' };
    const outgoing = { method, headers, body: method === 'POST' ? '{}' : null };
    const response = await startRequest(url, outgoing, credentials.value, signal);
    const { text } = await readBody(response, LIMIT);
    return read(response.statusCode ?? 0, text);
  } catch (error) {
    return trouble(describeConnectionError(error, url.host));
  }
}

function read(status: number, text: string): EtcdAnswer {
  if (status === 401 || status === 403) {
    return { ok: false, notLetIn: true, trouble: `alive but unauthenticated (${status}, SP4106)` };
  }
  if (status === 404) return trouble('it has no JSON gateway (404): --enable-grpc-gateway is off');
  if (status !== 200 && status !== 503) return trouble(`status ${status}: ${oneLine(text, 120)}`);
  try {
    return { ok: true, body: JSON.parse(text) as unknown };
  } catch {
    return trouble(`its answer is not JSON: ${oneLine(text, 80)}`);
  }
}

function trouble(words: string): EtcdAnswer {
  return { ok: false, notLetIn: false, trouble: words };
}
