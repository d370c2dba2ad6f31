import { findRow } from '../catalogue/cis/rows.ts';
import { isCisVersion } from '../catalogue/cis/versions.ts';
import { SetpointError } from '../diagnostics/setpoint-error.ts';
import { judgeBoth } from '../kinds/manifest/audit/judge-both.ts';
import { judgeRow } from '../kinds/manifest/audit/judge-row.ts';
import { subjectOfContainer } from '../kinds/manifest/audit/manifest-subjects.ts';
import { processesOf, processSubjects } from '../kinds/manifest/audit/process-subjects.ts';
import type { Subject } from '../kinds/manifest/audit/subject.ts';
import type { CisCheck } from '../model/check.ts';
import type { Answer, Check, CheckContext } from './context.ts';
import { oneLine } from './one-line.ts';

/**
 * A row of the benchmark, asked of a manifest's container and of the processes that run it. What cannot be told is no pass. On the
 * machine itself (root `/`) a process of the component that does not run the manifest counts, too: the change has no effect yet.
 */
export class CisAudit implements Check {
  readonly #spec: CisCheck;
  readonly #context: CheckContext;

  constructor(spec: CisCheck, context: CheckContext) {
    this.#spec = spec;
    this.#context = context;
  }

  async attempt(): Promise<Answer> {
    const { version, row: id, path, container } = this.#spec;
    const row = isCisVersion(version) ? findRow(version, id) : null;
    if (row === null) return bad(`this setpoint knows no row ${version}/${id}`);
    const { content } = await this.#context.root.observe(path, { inPlace: true });
    if (content.kind !== 'file') return bad(`${path} cannot be read`);
    const text = new TextDecoder().decode(content.bytes);
    const subject = subjectOfContainer(text, path, container);
    if (subject === null) return bad(`${path} runs no component that the benchmark knows`);
    const running = await this.#running(subject);
    const verdict = judgeBoth(
      judgeRow(row, subject),
      running.map((one) => ({ pid: pidOf(one), verdict: judgeRow(row, one) })),
    );
    const seen = running.length === 0 ? 'manifest only' : `manifest and pid ${pids(running)}`;
    const detail = oneLine(`${verdict.standing}: ${verdict.reason} (${seen})`);
    return verdict.standing === 'pass' ? { good: true, detail } : bad(detail);
  }

  async #running(subject: Subject): Promise<readonly Subject[]> {
    const { processes, root } = this.#context;
    try {
      return processesOf(subject, processSubjects(await processes.list()), root.dir === '/');
    } catch (error) {
      // The restart proof says so where it is asked for; the manifest can be judged all the same.
      if (error instanceof SetpointError) return [];
      throw error;
    }
  }
}

function bad(detail: string): Answer {
  return { good: false, detail };
}

function pidOf({ origin }: Subject): number {
  return origin.kind === 'process' ? origin.pid : 0;
}

function pids(running: readonly Subject[]): string {
  return running.map(pidOf).join(', ');
}
