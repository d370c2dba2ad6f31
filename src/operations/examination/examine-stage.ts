import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { journalsSetAside, openJournals } from '../../apply/journal/journal-file.ts';
import { findStages } from '../../apply/journal/parse-journal.ts';
import { FORMER_STAGE, runOfStage } from '../../apply/files/stage-directories.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { quoteWord, shellLine } from '../../diagnostics/shell-words.ts';
import type { HostPath } from '../../model/brand.ts';
import { openState } from '../open-state.ts';
import type { Session } from '../session.ts';
import type { Finding } from './finding.ts';
import { doubtful, fine } from './finding.ts';

/**
 * Staged and kept versions beside managed files that no journal knows: what a run leaves when its journal is lost. They may
 * hold the only copy of an old file, or a second name of a live one, which setpoint then refuses to manage.
 */
export async function stagedFiles(session: Session): Promise<Finding> {
  // What is wrong with the recorded state is a finding of its own.
  const recorded = await openState(session)
    .load()
    .catch(() => null);
  if (recorded === null) {
    return fine('staged files', 'not looked for: the recorded state cannot be read');
  }
  const found = await stageDirectories(session, [...recorded.files.keys()]);
  // Journals are read after the directories and these looked at again: a run that ends meanwhile leaves neither.
  const open = openRuns(session);
  if (open === null) return fine('staged files', 'not looked for: a journal cannot be read');
  const left = found.filter(({ run, directory }) => !open.has(run) && existsSync(directory));
  const findings = [
    ...leftOver(left.map(({ directory }) => directory)),
    ...journalsSetAside(session.host).map(setAside),
  ];
  if (findings.length === 0) return fine('staged files', 'none left over');
  const [details, helps] = [findings.map(([what]) => what), findings.map(([, help]) => help)];
  return doubtful('staged files', details.join('; '), helps.join('; '));
}

type Told = readonly [what: string, help: string];

const COMPARE =
  'compare them with the live files (N.old is a file as it was before the run), then:';

function leftOver(names: readonly string[]): readonly Told[] {
  if (names.length === 0) return [];
  const what = `left over by a run whose journal is lost, or that was settled without it: ${names.join(', ')}`;
  return [[what, `${COMPARE} rm -r -- ${shellLine(names)}`]];
}

/** Its files may not be recorded, so they are not looked for above: the journal's remains are the only trace of them. */
function setAside(journal: string): Told {
  const run = basename(journal, '.json.damaged');
  const what = `run ${run} may have left some: its journal was set aside as damaged`;
  const find = findStages(journal, run);
  const clear = `\`${find}\` names the directories; ${COMPARE} rm -r those; last: rm -- ${quoteWord(journal)}`;
  return [what, clear];
}

/** `null` when a journal cannot be read: that is a finding of its own, too. */
function openRuns({ host }: Session): ReadonlySet<string> | null {
  try {
    return new Set(openJournals(host).map(({ header }) => header.run));
  } catch (error) {
    if (error instanceof SetpointError) return null;
    throw error;
  }
}

interface StageDirectory {
  readonly run: string;
  readonly directory: string;
}

async function stageDirectories(
  { host }: Session,
  paths: readonly HostPath[],
): Promise<readonly StageDirectory[]> {
  const found: StageDirectory[] = [];
  const above = ancestorsOf(paths);
  const places = new Set([...above, ...besideParents(host, paths)]);
  for (const directory of places) {
    const real = host.root.toReal(directory as HostPath);
    for (const name of await host.root.list(directory as HostPath)) {
      const run = runOfStage(name);
      if (run !== null) found.push({ run, directory: join(real, name) });
    }
    for (const run of await host.root.list(join(directory, FORMER_STAGE) as HostPath)) {
      found.push({ run, directory: join(real, FORMER_STAGE, run) });
    }
  }
  return found;
}

/** Directories beside those of the files: somebody may have renamed one with a stage in it. What this user may not read has none. */
function besideParents({ root }: Session['host'], paths: readonly HostPath[]): readonly string[] {
  const above = new Set(paths.map((path) => dirname(dirname(path))));
  return [...above].flatMap((directory) => {
    const beside = subdirectories(root.toReal(directory as HostPath));
    return beside
      .filter((name) =>
        subdirectories(root.toReal(join(directory, name) as HostPath)).some(isStage),
      )
      .map((name) => join(directory, name));
  });
}

function isStage(name: string): boolean {
  return runOfStage(name) !== null;
}

function subdirectories(directory: string): readonly string[] {
  try {
    const entries = readdirSync(directory, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  } catch {
    return [];
  }
}

/** Every directory above the files: a watched file is staged further up. */
function ancestorsOf(paths: readonly HostPath[]): ReadonlySet<string> {
  const directories = new Set<string>();
  for (const path of paths) {
    for (let dir = dirname(path); !directories.has(dir); dir = dirname(dir)) directories.add(dir);
  }
  return directories;
}
