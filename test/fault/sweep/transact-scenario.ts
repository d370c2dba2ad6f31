import { SetpointError } from '../../../src/diagnostics/setpoint-error.ts';
import { openHost } from '../../../src/host/open-host.ts';
import type { Millis } from '../../../src/model/brand.ts';
import type { Session } from '../../../src/operations/session.ts';
import { transaction } from '../../../src/operations/transaction.ts';
import { HOST } from './scenario-host.ts';

/** What library-part.ts judges. */
export interface Transacted {
  readonly kept: boolean;
  readonly pending: string | null;
  readonly codes: readonly string[];
}

/** One library transaction of every kind of change, on the files of library-part.ts. Throws what is no SetpointError. */
export async function transactScenario(root: string): Promise<Transacted> {
  const env = { PATH: process.env['PATH'] };
  try {
    const host = await openHost({ root, env });
    const options = { root, cwd: '/', env, actor: 'sweep', lockTimeout: 5000 as Millis };
    const session: Session = { host, hostName: HOST, options };
    const { pending, problems } = await transaction(session, [
      { create: '/etc/library/deep/er/c.conf', content: 'new c' },
      { replace: '/etc/library/a.conf', content: 'new a' },
      { replace: '/etc/library/link.conf', content: 'new b' },
      { delete: '/etc/library/gone.conf' },
      { move: '/etc/library/from.conf', to: '/etc/library/to/to.conf' },
    ]);
    return { kept: true, pending, codes: problems.map(({ code }) => code) };
  } catch (error) {
    if (!(error instanceof SetpointError)) throw error;
    return { kept: false, pending: null, codes: error.diagnostics.map(({ code }) => code) };
  }
}
