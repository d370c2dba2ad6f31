import type { EtcdQuorumCheck } from '../../model/check.ts';
import type { Answer, Check, CheckContext } from '../context.ts';
import { withoutCredentials } from '../describe.ts';
import { askEtcd, type EtcdAnswer } from './ask-etcd.ts';
import { judgeQuorum, type Voter } from './quorum.ts';

interface Member {
  readonly name: string;
  readonly clientUrls: readonly string[];
  readonly learner: boolean;
}

/**
 * Members from the JSON gateway of the client port (etcd 3.4 and later: POST /v3/cluster/member/list), health of each from GET
 * /health of its client URLs, which etcd answers after a read that needs quorum.
 */
export class EtcdQuorum implements Check {
  readonly #spec: EtcdQuorumCheck;
  readonly #context: CheckContext;

  constructor(spec: EtcdQuorumCheck, context: CheckContext) {
    this.#spec = spec;
    this.#context = context;
  }

  async attempt(signal: AbortSignal): Promise<Answer> {
    const troubles: string[] = [];
    for (const endpoint of this.#spec.endpoints) {
      const answer = await this.#ask(endpoint, '/v3/cluster/member/list', 'POST', signal);
      if (!answer.ok) {
        troubles.push(`${withoutCredentials(endpoint)}: ${answer.trouble}`);
        if (answer.notLetIn)
          return { good: false, state: 'unauthenticated', detail: troubles.join('; ') };
        continue;
      }
      const members = membersOf(answer.body);
      if (members === null) {
        troubles.push(`${withoutCredentials(endpoint)}: its answer is no member list`);
        continue;
      }
      const voters = members.filter(({ learner }) => !learner);
      const judged = await Promise.all(voters.map((one) => this.#health(one, signal)));
      return judgeQuorum(judged, this.#spec.spare);
    }
    return { good: false, detail: `the members cannot be listed: ${troubles.join('; ')}` };
  }

  async #health({ name, clientUrls }: Member, signal: AbortSignal): Promise<Voter> {
    let trouble = 'it has not started yet';
    for (const url of clientUrls) {
      const answer = await this.#ask(url, '/health', 'GET', signal);
      if (answer.ok && isHealthy(answer.body)) return { name, trouble: null };
      trouble = answer.ok ? 'it says that it is not healthy' : answer.trouble;
    }
    return { name, trouble };
  }

  #ask(
    url: string,
    path: string,
    method: 'GET' | 'POST',
    signal: AbortSignal,
  ): Promise<EtcdAnswer> {
    return askEtcd({ base: url, path, method }, this.#spec, this.#context, signal);
  }
}

type Fields = Readonly<Record<string, unknown>>;

function membersOf(body: unknown): readonly Member[] | null {
  const list = (body as Fields | null)?.['members'];
  if (!Array.isArray(list)) return null;
  return list.map((entry: unknown) => {
    const one = (entry ?? {}) as Fields;
    const urls = one['clientURLs'];
    const name =
      typeof one['name'] === 'string' && one['name'] !== '' ? one['name'] : String(one['ID']);
    return {
      name,
      clientUrls: Array.isArray(urls) ? urls.filter((url) => typeof url === 'string') : [],
      learner: one['isLearner'] === true,
    };
  });
}

/** `{"health":"true"}`, a text in every version so far. */
function isHealthy(body: unknown): boolean {
  const health = (body as Fields | null)?.['health'];
  return health === 'true' || health === true;
}
