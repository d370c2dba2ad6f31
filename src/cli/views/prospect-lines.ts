import { printable, printableLine } from '../../diagnostics/printable.ts';
import type { OpenRunTold, RecoveryProspect } from '../../operations/open-run-results.ts';
import type { RecoverResult } from '../../operations/results.ts';
import { shellLine } from '../../diagnostics/shell-words.ts';
import type { Style } from '../style.ts';
import { plural } from './change-counts.ts';
import { nextOfRunning } from './open-run-lines.ts';

type LeftOpen = RecoverResult['leftOpen'][number];
type ProspectFile = RecoveryProspect['files'][number];

/** A run that is left open and, with `--dry-run`, what `recover` would do with it, file by file. */
export function prospectLines(open: LeftOpen, style: Style): readonly string[] {
  const { run, plan, confirmUntil, prospect } = open;
  const name = `run ${printable(run)} of ${printable(plan)}`;
  if (prospect === undefined) return [`${name} stays open`];
  const [what, does] = WHAT[prospect.would];
  const waits =
    confirmUntil === undefined
      ? [style.bold(`${name} was left open: ${what}`)]
      : [
          style.bold(`${name} waits to be confirmed, but nobody waits for it any more`),
          `  can still be kept until ${confirmUntil}: setpoint confirm ${printable(run)}`,
        ];
  return [
    ...waits,
    `  setpoint recover ${does}${prospect.choice === undefined ? '' : ` --${prospect.choice}`}`,
    ...prospect.files.map((file) => `    ${fileText(file, prospect)}`),
    ...prospect.stuck.map((why) => style.red(`    fails as things are: ${printableLine(why)}`)),
    ...prospect.actions.map((words) => `    runs again: ${printable(shellLine(words))}`),
    ...prospect.removes.map((directory) => `    removes ${printableLine(directory)}`),
  ];
}

const WHAT: Readonly<Record<RecoveryProspect['would'], readonly [what: string, does: string]>> = {
  'clean-up': ['its command ended before anything was changed', 'cleans up: no file changes'],
  keep: ['it is decided to keep it', 'finishes it: the new files stay'],
  'take-back': ['it is not decided to keep it', 'takes it back: the old files return'],
  'carry-out': ['what a person chose was cut off', 'carries that on:'],
};

const STANDING: Readonly<Record<ProspectFile['standing'], string>> = {
  old: 'is the old version',
  new: 'is the new version',
  torn: 'is a mixture (a write in place was cut off)',
  foreign: 'is neither version: somebody else changed it',
  unreadable: 'cannot be read',
};

function fileText(file: ProspectFile, { would, stuck }: RecoveryProspect): string {
  const { path, standing } = file;
  return `${printableLine(path)} ${STANDING[standing]}${stuck.length > 0 ? '' : becomes(standing, would)}`;
}

function becomes(standing: ProspectFile['standing'], would: RecoveryProspect['would']): string {
  if (standing === 'unreadable' || would === 'carry-out' || would === 'clean-up') return '';
  const wanted = would === 'keep' ? 'new' : 'old';
  if (standing === wanted) return ', and stays';
  if (standing !== 'foreign') return `: the ${wanted} one is put in its place`;
  return would === 'keep'
    ? ', and theirs stays'
    : '; only what the run wrote is taken out, or a person is asked';
}

/** The last line of a dry run: what to do about runs that nobody works on. */
export function nextOfProspects(open: readonly LeftOpen[]): string {
  const waits = open.find(({ confirmUntil }) => confirmUntil !== undefined);
  if (waits !== undefined) {
    return `Next: setpoint confirm ${printable(waits.run)} (keeps it), or setpoint recover (takes it back)`;
  }
  return `${plural(open.length, 'run')} left open; nothing was written. Next: setpoint recover`;
}

/** The last line while somebody works. */
export function nothingToRecover(runs: readonly OpenRunTold[]): string {
  const waits = runs.some(({ confirm }) => confirm !== undefined);
  if (waits) return `Nothing to recover: somebody waits for an answer. ${nextOfRunning(runs)}`;
  return 'Nothing to recover: a command is at work. Next: setpoint status, when it has ended';
}
