import type { Snapshot } from '../../model/backup.ts';
import type { SnapshotSummary } from './results.ts';

/** A snapshot as results show it. */
export function summaryOf(snapshot: Snapshot): SnapshotSummary {
  const { run, seq, time, plan, workspace, operation } = snapshot;
  const files = snapshot.files.map(({ path, before }) => ({ path, before }));
  return { run, seq, time, plan, workspace, operation, files };
}
