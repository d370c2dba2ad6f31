import { openJournals } from '../../apply/journal/journal-file.ts';
import type { CommittedJournal } from '../../apply/journal/journal.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { HostPath } from '../../model/brand.ts';
import type { ObservedFile } from '../../model/file-image.ts';
import { EXIT } from '../../model/outcome.ts';
import type { RecordedState } from '../../model/recorded-state.ts';
import { openState } from '../open-state.ts';
import { observeAll } from '../planning/observe-files.ts';
import type { Session } from '../session.ts';

/** A run moves the record at most three times, and is slower than a look. */
const LOOKS = 10;

/** Record, files and open runs of one moment. */
export interface SteadyLook {
  readonly recorded: RecordedState;
  readonly observed: ReadonlyMap<HostPath, ObservedFile>;
  /** Runs that may have written files and are not settled. */
  readonly open: readonly CommittedJournal[];
}

/**
 * Reads the record, then the files, without a lock: a run that ends in between would look like somebody's edit. So a look counts only
 * when record and open runs are afterwards what they were before. Throws SP3078 (exit 1) when none does.
 */
export async function steadyLook(
  session: Session,
  pathsOf: (recorded: RecordedState) => readonly HostPath[],
): Promise<SteadyLook> {
  const { host } = session;
  const state = openState(session);
  for (let look = 0; look < LOOKS; look += 1) {
    const before = committedRuns(session);
    const recorded = await state.load();
    const observed = await observeAll(host.root, pathsOf(recorded));
    const open = committedRuns(session);
    const head = await state.head();
    if (head === recorded.head && sameRuns(before, open)) return { recorded, observed, open };
  }
  throw new SetpointError(EXIT.failed, [
    {
      code: 'SP3078',
      severity: 'error',
      message: `the host is being changed: runs began or ended during each of ${String(LOOKS)} looks at its files`,
      help: 'the same command again, when they have ended; setpoint locks shows who is at work',
    },
  ]);
}

/** A run that only stages has written no file yet. */
function committedRuns({ host }: Session): readonly CommittedJournal[] {
  return openJournals(host).filter((journal) => journal.phase === 'committed');
}

function sameRuns(a: readonly CommittedJournal[], b: readonly CommittedJournal[]): boolean {
  return runsOf(a) === runsOf(b);
}

function runsOf(open: readonly CommittedJournal[]): string {
  return open.map(({ header }) => header.run).join();
}
