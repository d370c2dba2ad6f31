/**
 * One fault each, in the bundled apply. `before` names a place of the apply where a power cut must show it: the first call (or
 * with `last` the last one) whose label (points.ts) matches. What no cut on ext4 or xfs can show is listed in docs/SAFETY.md.
 */
import type { Replacement } from '../sweep/build-process.ts';
import type { PowerStart } from './cut-point.ts';
import { MORE_MUTANTS } from './more-mutants.ts';
import type { Mode } from '../sweep/scenario.ts';

export interface FaultMutant {
  readonly name: string;
  readonly replacements: readonly Replacement[];
  readonly layout: string;
  readonly start: PowerStart;
  readonly mode: Mode;
  /** How it has to end where `start` makes another thing of the mode. */
  readonly as?: Mode;
  readonly before: RegExp;
  readonly last?: boolean;
}

const TOLD = /^acknowledged$/;

/** `find` occurs exactly once in `file`. */
function without(file: string, find: string): readonly Replacement[] {
  return [{ file, find, replace: '' }];
}

/** Between the names of a target's disk and the state's disk only syncs keep order. */
const TWO = 'ext4-all+app:xfs-all';

export const FAULT_MUTANTS: readonly FaultMutant[] = [
  ...MORE_MUTANTS,
  {
    name: 'new files are not synced (so the commit point comes before they are)',
    replacements: without('src/host/stage-file.ts', 'await fsyncAsync(fd);'),
    layout: 'xfs-data',
    start: 'recorded',
    mode: 'kept',
    before: TOLD,
  },
  {
    name: 'the journal file is not synced',
    replacements: onlyOutside('/journal/'),
    layout: 'xfs-data',
    start: 'recorded',
    mode: 'kept',
    before: /^link .*1\.new/,
  },
  {
    name: 'the journal directory is not synced',
    replacements: [
      {
        file: 'src/host/durable.ts',
        find: "await syncDirectory(dirname(path));\n  } catch (error) {\n    throw fileError(error, 'write', path);",
        replace: "} catch (error) {\n    throw fileError(error, 'write', path);",
      },
    ],
    layout: 'ext4-all+app:xfs-data',
    start: 'recorded',
    mode: 'kept',
    before: /^link .*1\.new/,
  },
  {
    name: 'the decision file is not synced',
    replacements: onlyOutside('/runs/'),
    layout: 'xfs-data',
    start: 'recorded',
    mode: 'kept',
    before: /^rename .*\/backups\/snapshots\//,
  },
  {
    name: 'the directory of the decision is not synced',
    replacements: [
      {
        file: 'src/host/durable.ts',
        find: 'await syncDirectory(dirname(path));\n    return created;',
        replace: 'return created;',
      },
      // On a file system with one log this sync makes the decision last, too.
      {
        file: 'src/apply/journal/decision.ts',
        find: 'await syncDirectory(dirname(dirname(file)));',
        replace: '',
      },
    ],
    layout: 'ext4-all+runs:ext4-all',
    start: 'recorded',
    mode: 'kept',
    before: /^fsync .*runs\/.*\.tmp/,
    last: true,
  },
  {
    name: 'the removal of the journal is not synced',
    replacements: [
      {
        file: 'src/host/durable.ts',
        find: 'await syncDirectory(dirname(path));\n    return existed;',
        replace: 'return existed;',
      },
    ],
    layout: 'ext4-all',
    start: 'recorded',
    mode: 'kept',
    before: TOLD,
  },
  {
    name: 'no directory is synced',
    replacements: without('src/host/sync-directory.ts', 'await fsyncAsync(fd);'),
    layout: TWO,
    start: 'recorded',
    mode: 'kept',
    before: TOLD,
  },
  {
    name: 'the removal of the stage is not synced',
    replacements: without(
      'src/apply/files/stage.ts',
      'await syncDirectories([...touched].filter((directory) => existsSync(directory)));',
    ),
    layout: TWO,
    start: 'recorded',
    mode: 'kept',
    before: TOLD,
  },
  {
    name: 'directories of restored files are not synced',
    replacements: without(
      'src/apply/files/restore.ts',
      'await syncDirectories(directories.filter((directory) => existsSync(directory)));',
    ),
    layout: TWO,
    start: 'recorded',
    mode: 'reverted',
    before: /^git write .*heads\/setpoint\/cp-1\.lock/,
    last: true,
  },
  {
    name: 'git syncs no object (core.fsync)',
    replacements: [
      { file: 'src/git/git-command.ts', find: "'core.fsync=all',", replace: "'core.fsync=none'," },
    ],
    layout: 'xfs-data',
    start: 'recorded',
    mode: 'kept',
    before: TOLD,
  },
  {
    name: 'the name of the pack of the prepared trees is not synced',
    replacements: [
      {
        file: 'src/git/objects/object-scratch.ts',
        find: 'await fsyncPath(packs);',
        replace: '',
      },
    ],
    layout: 'ext4-all+objects:ext4-all',
    start: 'recorded',
    mode: 'reverted',
    before: /^rename .*0\.old/,
  },
  {
    name: 'directories of objects are never synced',
    replacements: [
      {
        file: 'src/git/objects/durable-directory.ts',
        find: "const objects = join(gitDir, 'objects');",
        replace: "const objects = join(gitDir, 'objects');\n  if (ids.length < 1e9) return;",
      },
    ],
    layout: 'ext4-all+objects:ext4-all',
    start: 'recorded',
    mode: 'kept',
    before: TOLD,
  },
  {
    name: 'the branch is not synced',
    replacements: without('src/git/record/state-branch.ts', 'await fsyncBranch(place, to);'),
    layout: 'ext4-all+state.git:ext4-all',
    start: 'recorded',
    mode: 'kept',
    before: TOLD,
  },
  {
    name: 'the new state repository is not synced',
    replacements: without(
      'src/git/record/create-state-repository.ts',
      'await fsyncTree(building);',
    ),
    layout: 'xfs-data',
    start: 'fresh',
    mode: 'kept',
    before: TOLD,
  },
  {
    name: 'audit records are not synced',
    replacements: [
      {
        file: 'src/git/audit/audit-log.ts',
        find: 'await handle.appendFile(line);\n    await handle.datasync();',
        replace: 'await handle.appendFile(line);',
      },
    ],
    layout: 'xfs-data',
    start: 'recorded',
    mode: 'kept',
    before: TOLD,
  },
  {
    name: 'the journal is removed before the files are finished',
    replacements: [
      {
        file: 'src/apply/run/settle-run.ts',
        find: 'await installFiles(files);',
        replace: `await (await import('../journal/journal-file.ts')).removeJournal(
    run.context.host.stateDir, run.header.run);
  await installFiles(files);`,
      },
    ],
    layout: TWO,
    start: 'recorded',
    mode: 'kept',
    before: /^link .*1\.new/,
  },
  {
    name: 'recovery goes forward without a decision',
    replacements: [
      {
        file: 'src/apply/machine/resume-state.ts',
        find: "return { at: 'turning', reason: hold ? UNCONFIRMED : gone, hold };",
        replace: "return { at: 'kept' };",
      },
    ],
    layout: TWO,
    start: 'recorded',
    mode: 'kept',
    before: /^link .*\/decision/,
  },
  {
    name: 'recovery does not restore what a revert was decided for',
    replacements: [
      {
        file: 'src/apply/machine/resume-state.ts',
        find: "return left.revertVerified ? { at: 'verified', reason } : { at: 'reverting', reason };",
        replace: "return { at: 'verified', reason };",
      },
    ],
    layout: TWO,
    start: 'recorded',
    mode: 'reverted',
    before: /^rename .*0\.old/,
  },
  {
    name: 'the decision is not exclusive',
    replacements: [
      {
        file: 'src/host/durable.ts',
        find: 'linkSync(file, path);',
        replace: 'renameSync(file, path);',
      },
    ],
    layout: 'ext4-all',
    start: 'decided',
    mode: 'kept',
    as: 'reverted',
    before: TOLD,
  },
  {
    name: 'staging follows what somebody put there',
    replacements: [
      {
        file: 'src/host/write-all.ts',
        find: 'O_CREAT | O_EXCL | O_RDWR | O_NOFOLLOW',
        replace: '(O_EXCL & 0) | (O_NOFOLLOW & 0) | O_CREAT | O_RDWR',
      },
      {
        file: 'src/apply/files/stage-directories.ts',
        find: 'throw new Conflict(`${directory} was there before the run could make it`);',
        replace: 'return;',
      },
    ],
    layout: 'ext4-all',
    start: 'planted',
    mode: 'kept',
    as: 'abandoned',
    before: TOLD,
  },
];

/** Files that are written whole are synced only when they are not in `folder`. */
function onlyOutside(folder: string): readonly Replacement[] {
  return [
    {
      file: 'src/host/durable.ts',
      find: 'await sync(fd);',
      replace: `if (!temporary.includes('${folder}')) await sync(fd);`,
    },
  ];
}
