import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { quoteWord } from '../../diagnostics/shell-words.ts';
import type { RealPath, Sha256 } from '../../model/brand.ts';
import { EXIT } from '../../model/outcome.ts';
import { JOURNAL_VERSION, type Journal } from './journal.ts';
import { fromAbsolute, fromStored, OutsideRoot, toStored } from './stored-paths.ts';

/** Versions whose paths were those of the machine instead of beginning at the root. */
const ABSOLUTE_PATHS: readonly number[] = [1, 2];

interface Envelope {
  readonly formatVersion: number;
  readonly toolVersion: string;
  /** Lower-case hex SHA-256 of the compact JSON text of `journal`. */
  readonly sha256: string;
  readonly journal: unknown;
}

/**
 * The text of a journal file: the journal in an envelope with format version and checksum, one line. Every path of it has to be
 * inside `root`.
 */
export function formatJournal(journal: Journal, root: RealPath): string {
  const stored = toStored(journal, root);
  const envelope: Envelope = {
    formatVersion: JOURNAL_VERSION,
    toolVersion: journal.toolVersion,
    sha256: digest(JSON.stringify(stored)),
    journal: stored,
  };
  return `${JSON.stringify(envelope)}\n`;
}

/**
 * A journal from its file's text, with its paths below `root`. Errors (exit 4, nothing may be guessed about an open run): SP4220
 * written by a newer setpoint, SP4221 damaged, SP4223 about files outside `root`. `name` is the file's path, for the message.
 */
export function parseJournal(text: string, name: string, root: RealPath): Journal {
  const envelope = parseEnvelope(text, name);
  if (envelope.formatVersion > JOURNAL_VERSION) {
    throw new SetpointError(EXIT.needsPerson, [
      {
        code: 'SP4220',
        severity: 'error',
        message: `${name} has format ${String(envelope.formatVersion)}, this setpoint knows ${String(JOURNAL_VERSION)}`,
        help: `Run \`setpoint recover\` with setpoint ${envelope.toolVersion} or newer.`,
      },
    ]);
  }
  if (![...ABSOLUTE_PATHS, JOURNAL_VERSION].includes(envelope.formatVersion)) {
    throw damagedJournal(name, 'unknown format version');
  }
  if (digest(JSON.stringify(envelope.journal)) !== envelope.sha256) {
    throw damagedJournal(name, 'its checksum does not match');
  }
  if (!isJournal(envelope.journal)) throw damagedJournal(name, 'fields are missing');
  return belowRoot(envelope.journal, envelope.formatVersion, name, root);
}

function belowRoot(stored: Journal, version: number, name: string, root: RealPath): Journal {
  try {
    return ABSOLUTE_PATHS.includes(version) ? fromAbsolute(stored, root) : fromStored(stored, root);
  } catch (error) {
    if (error instanceof OutsideRoot) throw otherRoot(stored, error.path, name, root);
    throw error;
  }
}

/** Before anything is done about the run: whatever is at such a path is not this root's. */
function otherRoot({ header }: Journal, path: string, name: string, root: RealPath): SetpointError {
  return new SetpointError(EXIT.needsPerson, [
    {
      code: 'SP4223',
      severity: 'error',
      message: `run ${header.run} (plan ${header.plan}) is open and names ${path}, which is not a file of the root ${root}`,
      help: `Its journal is of a setpoint that noted where the root was mounted. Mount or move the root to where it was and run \`setpoint recover\` with that --root. Is it a copy, or can it not go back? ${byHand(name)}`,
    },
  ]);
}

function parseEnvelope(text: string, name: string): Envelope {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw damagedJournal(name, 'it is not JSON');
  }
  if (!isRecord(value) || typeof value['formatVersion'] !== 'number') {
    throw damagedJournal(name, 'it has no format version');
  }
  return {
    formatVersion: value['formatVersion'],
    toolVersion: String(value['toolVersion']),
    sha256: String(value['sha256']),
    journal: value['journal'],
  };
}

/** With the checksum right, the text is what some setpoint wrote; this guards against one with other fields. */
function isJournal(value: unknown): value is Journal {
  if (!isRecord(value) || !isRecord(value['header']) || !isRecord(value['intent'])) return false;
  const { header, intent } = value as { header: Fields; intent: Fields };
  const texts = ['run', 'plan', 'workspace', 'host', 'operation', 'changeSet', 'startedAt'];
  if (!texts.every((key) => typeof header[key] === 'string')) return false;
  if (!isPaths(intent['stageDirectories']) || !isPaths(intent['createdDirectories'])) return false;
  if (value['phase'] === 'staging') return true;
  return (
    value['phase'] === 'committed' &&
    [undefined, 'keep'].includes(value['decided'] as string | undefined) &&
    isRecord(value['trees']) &&
    isRecord(value['processes']) &&
    ['steps', 'gates', 'before'].every((key) => Array.isArray(value[key])) &&
    Array.isArray(value['files']) &&
    value['files'].every(isJournalFile)
  );
}

function isJournalFile(file: unknown): boolean {
  return (
    isRecord(file) &&
    isPaths([file['path'], file['realPath'], file['stageDirectory']]) &&
    [file['oldPath'], file['newPath']].every((path) => path === null || isPath(path)) &&
    [file['before'], file['after']].every(
      (state) => state === null || (isRecord(state) && typeof state['sha256'] === 'string'),
    )
  );
}

type Fields = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPaths(value: unknown): boolean {
  return Array.isArray(value) && value.every(isPath);
}

function isPath(value: unknown): boolean {
  return typeof value === 'string' && value.startsWith('/');
}

function digest(text: string): Sha256 {
  return createHash('sha256').update(text).digest('hex') as Sha256;
}

/** What a person can do about an open run of which nothing is known any more. `name` is the journal's path. */
export function damagedJournal(name: string, why: string): SetpointError {
  return new SetpointError(EXIT.needsPerson, [
    {
      code: 'SP4221',
      severity: 'error',
      message: `${name} cannot be read as a run's journal: ${why}`,
      help: byHand(name),
    },
  ]);
}

function byHand(name: string): string {
  return `${whatIsLeft(name)} Put the files into the state you want, then: mv ${quoteWord(name)} ${quoteWord(`${name}.damaged`)}; after that \`setpoint status\` works again, and \`setpoint doctor\` tells how to clear away what the run left.`;
}

/** The journal is named after its run, so that everything else of it can be found. */
function whatIsLeft(name: string): string {
  const run = basename(name, '.json');
  return (
    `Old versions are \`N.old\` and new ones \`N.new\` in the directories that \`${findStages(name, run)}\` names; ` +
    `reports and copies in runs/${run} of the state directory; what was recorded: \`setpoint history\`.`
  );
}

/**
 * A command that prints the stages of a run on every file system below the root that holds files: a stage is on the mount of its target.
 * `name` is its journal's path.
 */
export function findStages(name: string, run: string): string {
  const [root = ''] = /^(?:.*)(?=\/var\/lib\/setpoint\/journal\/[^/]+$)/su.exec(name) ?? [];
  const pseudo = ['proc', 'sys'].map((one) => `-path ${quoteWord(`${root}/${one}`)}`);
  const prune = `\\( ${pseudo.join(' -o ')} \\) -prune`;
  return `find ${quoteWord(root || '/')} ${prune} -o -name ${quoteWord(`.setpoint-stage-${run}`)} -print`;
}
