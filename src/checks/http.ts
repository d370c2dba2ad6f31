import type { IncomingMessage } from 'node:http';
import type { HttpCheck } from '../model/check.ts';
import { describeConnectionError } from './connection-error.ts';
import type { Answer, Check, CheckContext } from './context.ts';
import { withoutCredentials } from './describe.ts';
import type { HttpCredentials } from './http-credentials.ts';
import { loadCredentials } from './http-credentials.ts';
import { firstPiece, readBody } from './http-response.ts';
import { oneLine } from './one-line.ts';
import { startRequest } from './start-request.ts';
import { invalidExpression, unmet } from './text-expectation.ts';

const BODY_LIMIT = 1024 * 1024;
/** 401 to who has no credentials is no matter of time: an API server says so at once, and for ever. */
const REFUSALS = 5;

/** One request over a connection of its own per attempt. The whole attempt is limited by the signal. */
export class HttpRequest implements Check {
  readonly #spec: HttpCheck;
  readonly #context: CheckContext;
  #refused = 0;
  #presented = false;

  constructor(spec: HttpCheck, context: CheckContext) {
    this.#spec = spec;
    this.#context = context;
  }

  async attempt(signal: AbortSignal): Promise<Answer> {
    const useless = unusable(this.#spec);
    if (useless !== null) return { good: false, fatal: true, detail: useless };
    const credentials = await loadCredentials(this.#spec, this.#context);
    if (!credentials.ok) {
      const detail = credentials.diagnostics.map((d) => `${d.message} (${d.code})`).join('; ');
      return { good: false, detail };
    }
    this.#presented = credentials.value.presented;
    const url = new URL(this.#spec.url);
    let response: IncomingMessage;
    try {
      const { method = 'GET', headers = {} } = this.#spec;
      response = await startRequest(
        url,
        { method, headers, body: null },
        credentials.value,
        signal,
      );
    } catch (error) {
      return { good: false, detail: describeConnectionError(error, url.host) };
    }
    try {
      return this.#giveUp(response, await judge(response, this.#spec, credentials.value));
    } finally {
      response.destroy();
    }
  }

  /** Of gates made of probes only: whoever wrote one may know that it takes long to be let in. */
  #giveUp({ statusCode }: IncomingMessage, answer: Answer): Answer {
    const refused = !answer.good && statusCode === 401 && !this.#presented;
    this.#refused = refused ? this.#refused + 1 : 0;
    const final = this.#spec.asKubelet === true && this.#refused >= REFUSALS;
    return final && !answer.good ? { ...answer, fatal: true } : answer;
  }
}

/** What no waiting can repair. */
function unusable(spec: HttpCheck): string | null {
  const url = URL.canParse(spec.url) ? new URL(spec.url) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    return `not an http or https URL: ${withoutCredentials(spec.url)}`;
  }
  return invalidExpression(spec.body);
}

async function judge(
  response: IncomingMessage,
  spec: HttpCheck,
  credentials: HttpCredentials,
): Promise<Answer> {
  const status = response.statusCode ?? 0;
  const accepted = spec.status?.includes(status) ?? (status >= 200 && status < 400);
  if (!accepted) {
    const said = oneLine(await firstPiece(response));
    if (status === 401 || status === 403) return notLetIn(status, credentials, said);
    return { good: false, detail: badStatus(status, spec, said) };
  }
  for (const [name, expected] of Object.entries(spec.expectHeaders ?? {})) {
    const value = headerText(response.headers[name.toLowerCase()]);
    if (value !== expected.trim()) {
      const has = value === null ? 'is missing' : `is ${JSON.stringify(oneLine(value))}`;
      const detail = `${status}, but header ${name} ${has}, expected ${JSON.stringify(expected)}`;
      return { good: false, detail };
    }
  }
  if (spec.body === undefined) return { good: true, detail: `${status}` };
  const { text, end } = await readBody(response, BODY_LIMIT);
  if (end === 'broken') return { good: false, detail: `${status}, but the body broke off` };
  const reason = unmet(spec.body, text);
  if (reason === null) return { good: true, detail: `${status}, body as expected` };
  const read = end === 'limit' ? ' (first 1 MiB)' : `: ${oneLine(text, 120)}`;
  return { good: false, detail: `${status}, but the body ${reason}${read}` };
}

function notLetIn(status: number, { presented, without }: HttpCredentials, said: string): Answer {
  const tail = said === '' ? '' : `: ${said}`;
  const none = without === null ? '' : ` (${without})`;
  const detail = presented
    ? `alive, but these credentials are not enough (${status}, SP4106)${tail}`
    : `alive but unauthenticated (${status}, SP4106): a probe of the kubelet gets the same answer; a gate of your own takes \`kubeconfig:\`, or \`cert:\` and \`key:\`${none}${tail}`;
  return { good: false, state: 'unauthenticated', detail };
}

function badStatus(status: number, spec: HttpCheck, said: string): string {
  const tail = said === '' ? '' : `: ${said}`;
  const wanted = spec.status === undefined ? '200–399' : spec.status.join(', ');
  return `status ${status}, expected ${wanted}${tail}`;
}

function headerText(value: string | readonly string[] | undefined): string | null {
  if (value === undefined) return null;
  return (typeof value === 'string' ? value : value.join(', ')).trim();
}
