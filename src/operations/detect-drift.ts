import { dirname } from 'node:path';

import { changeTimes } from '../host/change-times.ts';
import { timeOfRun } from '../host/run-id.ts';
import type { RealPath } from '../model/brand.ts';
import type { DriftFile, DriftItem, DriftState } from '../model/drift.ts';
import { isDrift } from '../model/drift.ts';
import { EXIT, type ExitCode } from '../model/outcome.ts';
import type { Variables } from '../model/plan-file.ts';
import { driftSince } from '../plan/drift/since.ts';
import { compareHost, type ComparedHost } from './drift/compare-host.ts';
import { expiredRules } from './drift/expired-rules.ts';
import { linkCommands } from './drift/link-commands.ts';
import { notCompared } from './drift/not-compared.ts';
import { putBackCommands } from './drift/put-back.ts';
import type { DriftFileTold, DriftResult } from './drift/results.ts';
import { wantedHere, type WantedHere } from './drift/wanted-here.ts';
import { readOpenRuns, type OpenRuns } from './running/open-runs.ts';
import type { Session } from './session.ts';
import { tellLostRecord } from './state/lost-record.ts';

export interface DriftOptions {
  readonly vars: Variables;
}

/**
 * Holds the host against its record, with and without a workspace. Takes no lock, executes nothing, writes nothing. Throws
 * SetpointError 65 when `setpoint.yaml` is not valid.
 */
export async function detectDrift(session: Session, options: DriftOptions): Promise<DriftResult> {
  const open = await readOpenRuns(session);
  const wanted = await wantedHere(session, options.vars);
  const compared = await compareHost(session, wanted);
  const lost = await tellLostRecord(session, wanted.config, compared.recorded.head);
  const told = driftResult(session, wanted, compared, open);
  if (lost.length === 0) return told;
  return { ...told, warnings: [...lost, ...told.warnings], exitCode: EXIT.failed };
}

/** A host that was compared, as it is told. */
export function driftResult(
  session: Session,
  wanted: WantedHere,
  compared: ComparedHost,
  { openRuns, holder }: OpenRuns,
): DriftResult {
  const { config } = wanted;
  const { recorded, files, today } = compared;
  const counts = countStates(files);
  return {
    host: session.hostName,
    head: recorded.head,
    workspace: wanted.plans === null ? null : (config?.name ?? null),
    files: files.map((file) => told(session, file, compared)),
    counts,
    openRuns,
    holder,
    warnings: [...wanted.warnings, ...expiredRules(config, today), ...notCompared(files)],
    exitCode: exitCodeOf(files, counts.unknown),
  };
}

function countStates(files: readonly DriftFile[]): DriftResult['counts'] {
  const counts: Record<DriftState | 'ignored', number> = {
    'in-sync': 0,
    pending: 0,
    drifted: 0,
    both: 0,
    vanished: 0,
    metadata: 0,
    unknown: 0,
    ignored: 0,
  };
  for (const { state, ignored } of files.flatMap(({ items }) => items)) {
    counts[ignored === undefined ? state : 'ignored'] += 1;
  }
  return counts;
}

function exitCodeOf(files: readonly DriftFile[], unknown: number): ExitCode {
  if (files.some(({ items }) => items.some(isDrift))) return EXIT.pending;
  return unknown > 0 ? EXIT.failed : EXIT.done;
}

function told({ host }: Session, file: DriftFile, compared: ComparedHost): DriftFileTold {
  const managed = compared.recorded.files.get(file.path);
  const differs = file.otherLines || file.items.some(isDifferent);
  if (managed === undefined || !differs) return file;
  const real = host.root.toReal(file.path);
  const times = changeTimes(real);
  // A name that is gone was taken out of its directory.
  const parent = times === null ? changeTimes(dirname(real) as RealPath) : null;
  const content = file.items.some((item) => isDifferent(item) && item.state !== 'metadata');
  const since = driftSince({
    recorded: timeOfRun(managed.lastRun),
    modified: content || file.otherLines ? (times?.modified ?? parent?.modified ?? null) : null,
    changed: times?.changed ?? parent?.changed ?? null,
  });
  const { led } = file;
  const links = led === undefined ? [] : linkCommands(host.root, { led, ...compared });
  const putBack = [...links, ...putBackCommands(file, real)];
  return putBack.length === 0 ? { ...file, since } : { ...file, since, putBack };
}

function isDifferent(item: DriftItem): boolean {
  return item.ignored !== undefined || isDrift(item);
}
