import { existsSync } from 'node:fs';
import { atLeastAsGood } from '../../checks/compare-verdicts.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { HostPath } from '../../model/brand.ts';
import type { Step } from '../../model/change-set.ts';
import { readLive, type LiveFile } from '../files/live-file.ts';
import type { JournalFile } from '../journal/journal.ts';
import { committed, type OpenRun } from '../machine/open-run.ts';
import { kindOfFile } from './kind-of-file.ts';
import { recordedNew } from './recorded-version.ts';

/** A file that is to get a fresh identity, not yet written anywhere. */
export interface Renewal {
  readonly index: number;
  readonly file: JournalFile;
  readonly bytes: Uint8Array;
  readonly mode: number;
}

export interface RenewalPlan {
  readonly renewals: readonly Renewal[];
  /** Why a file of a kind that knows identities does not get one. */
  readonly refused: readonly Diagnostic[];
}

/**
 * Which reverted files get a fresh identity: those that the red gates are about, of a kind that knows identities, whose consumer has
 * seen another one meanwhile, and that are byte for byte as before the run. None that got one before. Changes nothing.
 */
export async function planRenewals(run: OpenRun): Promise<RenewalPlan> {
  const renewals: Renewal[] = [];
  const refused: Diagnostic[] = [];
  const concerned = redFiles(run);
  for (const [index, file] of committed(run).files.entries()) {
    const kind = concerned.has(file.path) ? await kindOfFile(run, file.path) : undefined;
    if (kind?.renew === undefined || file.renewed === true || !wasInstalled(file)) continue;
    const live = readLive(file.realPath);
    const why = hindrance(run, file, live);
    if (why !== null) refused.push(refusal(file, why));
    if (why !== null || live.kind !== 'file') continue;
    const { bytes, state } = live;
    const before = { exists: true, bytes, mode: state.mode } as const;
    const made = await recordedNew(run, file);
    const after = made === null ? null : ({ ...before, bytes: made.bytes } as const);
    // The same pod all the time: nobody could have kept one that ended.
    if (after !== null && kind.restart(before, after) === 'none') continue;
    const renewed = kind.renew(before, run.header.run, file.path);
    if (!renewed.ok) refused.push(...renewed.diagnostics);
    else if (renewed.value.exists) {
      renewals.push({ index, file, bytes: renewed.value.bytes, mode: state.mode });
    }
  }
  return { renewals, refused };
}

/** Files whose own gates are worse than before the run; where a file has none, any gate that is. */
function redFiles(run: OpenRun): ReadonlySet<HostPath> {
  const { before, steps } = committed(run);
  const red = new Set(
    run.checks
      .filter(({ phase }) => phase === 'revert')
      .filter((result) => !atLeastAsGood(before, [result]))
      .map(({ id }) => id),
  );
  const isConcerned = ({ gates }: Step): boolean => {
    const own = gates.filter(({ phases }) => phases.includes('revert'));
    if (own.length === 0) return red.size > 0;
    const proofs = own.filter(({ check }) => check.kind === 'process');
    // Its processes run as before: whatever is red, nobody holds on to a pod that ended.
    const cameUp = proofs.length > 0 && proofs.every(({ id }) => !red.has(id));
    return !cameUp && own.some(({ id }) => red.has(id));
  };
  return new Set(steps.filter(isConcerned).map(({ path }) => path));
}

/** A rename took the new file out of the stage; where it still waits, nobody has seen it. */
function wasInstalled({ method, newPath }: JournalFile): boolean {
  return method === 'in-place' || (newPath !== null && !existsSync(newPath));
}

function hindrance(run: OpenRun, file: JournalFile, live: LiveFile): string | null {
  if (file.method === 'in-place') return 'it is written in place';
  const same = live.kind === 'file' && live.state.sha256 === file.before?.sha256;
  if (same && !run.othersEdits.includes(file.path)) return null;
  if (file.before === null) return 'there was none before the run';
  return 'somebody else changed it while the run was open';
}

function refusal({ path }: JournalFile, why: string): Diagnostic {
  return {
    code: 'SP4111',
    severity: 'warning',
    message: `${path}: no fresh identity: ${why}`,
    help: 'setpoint did not change it; see what keeps the kubelet from starting the pod',
  };
}
