import { formatMode } from '../../model/file-mode.ts';
import { printable, printableLine } from '../../diagnostics/printable.ts';
import type { FileState } from '../../model/file-image.ts';
import type {
  BackupListResult,
  BackupShowResult,
  BackupVerifyResult,
  PruneResult,
  SnapshotSummary,
} from '../../operations/results.ts';
import { withFlags } from '../repeated-flags.ts';
import { createStyle } from '../style.ts';
import { plural } from './change-counts.ts';
import { diffText } from './diff-text.ts';
import { sections } from './sections.ts';
import { shortId } from './short-text.ts';
import { table } from './table.ts';
import type { ViewOptions } from './view-options.ts';

/** Backups, newest first; the last line counts them. */
export function backupListView(
  { host, snapshots }: BackupListResult,
  options: ViewOptions,
  path: string | null,
): string {
  const what = path === null ? '' : ` of ${printableLine(path)}`;
  if (snapshots.length === 0) return `No backups${what} on ${printable(host)}.`;
  const { dim } = createStyle(options.color);
  const head = ['time', 'run', 'plan', 'files as they were before'].map(dim);
  const lines = table([head, ...snapshots.map(snapshotRow)]);
  return [...lines, '', `${plural(snapshots.length, 'backup')}${what} on ${printable(host)}.`].join(
    '\n',
  );
}

function snapshotRow({ time, run, plan, operation, files }: SnapshotSummary): readonly string[] {
  const [first] = files;
  const more = files.length > 1 ? ` and ${plural(files.length - 1, 'other')}` : '';
  const mark = operation === 'apply' ? '' : ` (${operation})`;
  return [
    printable(time.replace(/\.\d+Z$/, 'Z')),
    printable(run),
    `${printable(plan)}${mark}`,
    `${printableLine(first?.path ?? '-')}${more}`,
  ];
}

/** One backup: its files, or what differs from the live ones. */
export function backupShowView({ snapshot, diff }: BackupShowResult, options: ViewOptions): string {
  const style = createStyle(options.color);
  const { run, plan, workspace, time } = snapshot;
  const head = `${style.bold(printable(plan))}  run ${printable(run)}, workspace ${printable(workspace)}, ${printable(time)}`;
  if (diff !== null) {
    return diff === '' ? 'No difference: the files have this content.' : diffText(diff, style);
  }
  const rows = snapshot.files.map(({ path, before }) => [
    `  ${printableLine(path)}`,
    stateText(before),
  ]);
  const next = withFlags(
    `Put back: setpoint backup restore ${printable(run)}`,
    options.repeatedFlags,
  );
  return sections([[head, ...table(rows)], [next]]);
}

/** `0644 0:0 1234 bytes sha256 0123456789ab`, or that there was no such file. */
export function stateText(state: FileState | null): string {
  if (state === null) return 'absent';
  const { mode, uid, gid, size, sha256 } = state;
  return `${formatMode(mode)} ${uid}:${gid} ${plural(size, 'byte')} sha256 ${shortId(sha256)}`;
}

/** What was read; problems stand on stderr with their help. */
export function backupVerifyView(result: BackupVerifyResult, options: ViewOptions): string {
  const style = createStyle(options.color);
  const { objects, snapshots, orphans, problems } = result;
  const read = `${plural(objects, 'object')} of ${plural(snapshots, 'backup')} read`;
  const unused =
    orphans.length === 0
      ? ''
      : ` ${plural(orphans.length, 'object')} that no backup uses: a prune removes what is older than an hour.`;
  return problems.length === 0
    ? style.green(`All well: ${read}.${unused}`)
    : style.red(`${plural(problems.length, 'problem')}: ${read}.${unused}`);
}

/** What a prune removed, or would. */
export function pruneView(result: PruneResult, options: ViewOptions): string {
  if (result.recovered.length > 0) {
    return withFlags(
      `Recovered ${plural(result.recovered.length, 'run')} and did nothing else. Next: setpoint backup prune`,
      options.repeatedFlags,
    );
  }
  const { dim } = createStyle(options.color);
  const { removed, kept, objects, bytes, dryRun } = result;
  const rows = removed.length === 0 ? [] : table(removed.map(snapshotRow)).map((row) => dim(row));
  const verb = dryRun ? 'Would remove' : 'Removed';
  const freed = objects === 0 ? '' : ` and ${plural(objects, 'object')} (${plural(bytes, 'byte')})`;
  const last =
    removed.length + objects === 0
      ? `Nothing to remove: ${plural(kept.length, 'backup')} wanted.`
      : `${verb} ${plural(removed.length, 'backup')}${freed}, ${plural(kept.length, 'backup')} kept.`;
  // A run may be about to name what it has just written.
  const grace =
    removed.length === 0 ? [] : ['Contents younger than an hour stay until a later prune.'];
  return sections([rows, [...grace, last]]);
}
