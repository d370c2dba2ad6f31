import { join } from 'node:path';
import { makeDirectoryDurably } from '../../host/make-directory.ts';
import { removeDurably, writeDurably } from '../../host/durable.ts';
import { errorCode, stateFileError } from '../../host/file-errors.ts';
import { namesIn } from '../../host/own-directory.ts';
import { readOwnText } from '../../host/own-file.ts';
import type { RealPath, RunId } from '../../model/brand.ts';
import type { Journal } from './journal.ts';
import { damagedJournal, formatJournal, parseJournal } from './parse-journal.ts';
import { journalDirectory, journalPath } from './run-folder.ts';

/** Where journals lie, and the root that their paths begin at. */
export interface JournalPlace {
  readonly stateDir: RealPath;
  readonly root: { readonly dir: RealPath };
}

/** Writes or replaces a run's journal (0600). When it resolves, the journal survives a power loss. Errors SP601x. */
export async function writeJournal(
  { stateDir, root }: JournalPlace,
  journal: Journal,
): Promise<void> {
  await makeDirectoryDurably(journalDirectory(stateDir), 0o700);
  const bytes = Buffer.from(formatJournal(journal, root.dir));
  await writeDurably(journalPath(stateDir, journal.header.run), bytes, 0o600);
}

/** Removes a run's journal: the mark that the run is settled. No error when it is gone already. */
export async function removeJournal(stateDir: RealPath, run: RunId): Promise<void> {
  await removeDurably(journalPath(stateDir, run));
}

/** Journals of every run that is not settled, oldest first (run ids are ULIDs). Errors: SP4220, SP4221, SP4223, SP601x. */
export function openJournals({ stateDir, root }: JournalPlace): readonly Journal[] {
  const directory = journalDirectory(stateDir);
  // A leading dot is a write that a crash cut short (host/temporary-names.ts).
  const names = namesIn(directory).filter((n) => n.endsWith('.json') && !n.startsWith('.'));
  return names.map((name) => readJournal(join(directory, name), root.dir));
}

const SET_ASIDE = /^([0-9A-Z]{26})\.json\.damaged$/u;

/** Journals that a person moved away because they were damaged (the help of SP4221): nothing knows what their runs left. Errors: SP601x. */
export function journalsSetAside({ stateDir }: JournalPlace): readonly string[] {
  const directory = journalDirectory(stateDir);
  const names = namesIn(directory).filter((name) => SET_ASIDE.test(name));
  return names.map((name) => join(directory, name));
}

function readJournal(path: string, root: RealPath): Journal {
  let text: string;
  try {
    text = readOwnText(path);
  } catch (error) {
    if (errorCode(error) === 'EISDIR') throw damagedJournal(path, 'it is a directory');
    throw stateFileError(error, 'read', path);
  }
  return parseJournal(text, path, root);
}
