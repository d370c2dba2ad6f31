import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { HostPath, ItemKey } from '../../model/brand.ts';
import type { FileImage } from '../../model/file-image.ts';
import type { CrontabSpec } from '../../model/plan-file.ts';
import { readCrontabFile } from './crontab-file.ts';

import { meaningOf, splitLines } from './crontab-line.ts';
import { judgeLines } from './judge-lines.ts';
import { judgeNeighbours } from './judge-neighbours.ts';
import { keyOf } from './marker.ts';
import { notEnded } from './unended.ts';

/** A longer crontab is ignored as a whole (cron.h MAX_TAB_LINES). */
const MOST_LINES = 10_000;

/** What cron would make of the file that a resource leads to: it takes it as a whole or not at all. */
export function judgeCrontab(
  spec: CrontabSpec | null,
  before: FileImage,
  after: FileImage,
  path: HostPath,
): readonly Diagnostic[] {
  if (spec === null || !after.exists) return [];
  const nobodys = !before.exists && after.owner === undefined;
  const made = spec.owner !== null && nobodys ? [noUserCrontab(spec.owner)] : [];
  const read = readCrontabFile(after, path);
  if (!read.ok) return [...made, ...read.diagnostics];
  const mode = modeProblem(spec, after.mode, path);
  return [
    ...made,
    ...(mode === null || made.length > 0 ? [] : [mode]),
    ...wholeFile(after, path),
    ...judgeLines(read.value, spec, path),
    ...judgeNeighbours(read.value, ownItems(spec), path),
  ];
}

function ownItems({ jobs, environment }: CrontabSpec): ReadonlySet<ItemKey> {
  return new Set([
    ...Object.keys(jobs).map((name) => keyOf({ what: 'job', name })),
    ...Object.keys(environment).map((name) => keyOf({ what: 'env', name })),
  ]);
}

/** Cron wants it to belong to its user, who is to be able to change it: only root can make it, and has to know both ids. */
function noUserCrontab(user: string): Diagnostic {
  return {
    code: 'SP2264',
    severity: 'error',
    message: `${user} has no crontab yet, and one that is theirs cannot be made here`,
    help: `run setpoint as root; else make an empty one as root, then apply again: crontab -u ${user} /dev/null`,
  };
}

/** database.c process_crontab: a user's is 0600 exactly, a system's is not writable to group and others. */
function modeProblem({ owner }: CrontabSpec, mode: number, path: string): Diagnostic | null {
  const wrong = owner === null ? (mode & 0o022) !== 0 : mode !== 0o600;
  if (!wrong) return null;
  const rule = owner === null ? 'one that group or others may write to' : 'any mode but 0600 there';
  return {
    code: 'SP2256',
    severity: 'error',
    message: `${path} has the mode ${mode.toString(8).padStart(4, '0')}: cron refuses ${rule}`,
    help: owner === null ? `chmod go-w ${path}` : `chmod 0600 ${path}`,
  };
}

function wholeFile(image: Extract<FileImage, { exists: true }>, path: string): Diagnostic[] {
  const lines = splitLines(Buffer.from(image.bytes).toString('latin1'));
  const last = lines.at(-1);
  const problems: Diagnostic[] = [];
  if (last?.ended === false && meaningOf(last).is !== 'nothing') {
    problems.push(notEnded(path, lines.length));
  }
  if (lines.length > MOST_LINES) {
    problems.push({
      code: 'SP2263',
      severity: 'error',
      message: `${path} would have ${lines.length} lines: cron ignores a crontab of more than ${MOST_LINES}`,
      help: 'give these jobs a file of their own in /etc/cron.d',
    });
  }
  return problems;
}
