import { execFileSync } from 'node:child_process';
import { lstatSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { recoverRuns } from '../../../src/apply/recovery/recover.ts';
import { executeRun } from '../../../src/apply/run/execute-run.ts';
import { settle } from './failed-run.ts';
import { runInput, type FileEdit } from './run-inputs.ts';
import { openRig, type RunRig } from './run-rig.ts';

const PATH = '/etc/app/manifests/a.yaml';

let rig: RunRig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.close());

/** A run whose file somebody replaces by what `script` makes in its place; gives the commands that are printed for that. */
async function failedBy(script: string, edit: Partial<FileEdit>): Promise<readonly string[]> {
  const edits = [{ path: PATH, to: 'new\n', watched: true, ...edit }];
  const input = await runInput(rig, edits, { planGates: ['true'] });
  rig.on('written', () => {
    execFileSync('sh', ['-ec', script], { env: { ...process.env, FILE: rig.real(PATH) } });
  });
  const { report } = await executeRun(rig.context, input);
  expect(report.outcome).toBe('revert-failed');
  return report.manualCommands;
}

/** All of them but the last, pasted together as they stand: that is `setpoint recover`. */
function carryOut(commands: readonly string[]): void {
  execFileSync('sh', ['-ec', commands.slice(0, -1).join('\n')], { stdio: 'pipe' });
}

const moved = (commands: readonly string[]): string =>
  / mv -T -- \S+ (\S+)/.exec(commands.join('\n'))?.[1] ?? 'nothing was moved';

test.each([
  ['a directory', 'rm "$FILE"; mkdir -p "$FILE/theirs"', 'isDirectory'],
  ['a link', 'rm "$FILE"; ln -s /etc/hostname "$FILE"', 'isSymbolicLink'],
  ['a pipe', 'rm "$FILE"; mkfifo "$FILE"', 'isFIFO'],
] as const)(
  'of a file that is %s now: it is moved away, and the old file comes back',
  async (_, script, is) => {
    rig.write(PATH, 'old\n', 0o640);
    const commands = await failedBy(script, {});
    carryOut(commands);
    expect(lstatSync(moved(commands))[is]()).toBe(true);
    expect(rig.read(PATH)).toBe('old\n');
    expect(rig.stateOf(PATH)?.mode).toBe(0o640);
    expect((await recoverRuns(rig.context))[0]?.outcome).toBe('reverted');
  },
);

test('of a created file that is a directory now: it is moved away', async () => {
  const commands = await failedBy('rm "$FILE"; mkdir -p "$FILE/theirs"', {});
  carryOut(commands);
  expect(lstatSync(moved(commands)).isDirectory()).toBe(true);
  expect((await recoverRuns(rig.context))[0]?.outcome).toBe('reverted');
});

test('of a file whose directory is gone: it is made again', async () => {
  rig.write(PATH, 'old\n', 0o640);
  carryOut(await failedBy('rm -r "$(dirname "$FILE")"', {}));
  expect(rig.read(PATH)).toBe('old\n');
  expect((await recoverRuns(rig.context))[0]?.outcome).toBe('reverted');
});

test('of a file written in place that is a directory now: the old bytes come back as a file', async () => {
  rig.write(PATH, 'old\n', 0o640);
  const commands = await failedBy('rm "$FILE"; mkdir -p "$FILE/theirs"', { inPlace: true });
  carryOut(commands);
  expect(lstatSync(moved(commands)).isDirectory()).toBe(true);
  expect(rig.read(PATH)).toBe('old\n');
  expect(rig.stateOf(PATH)?.mode).toBe(0o640);
  // Not through the inode that the run knew: nobody but a person can say that this is right.
  expect((await recoverRuns(rig.context))[0]?.outcome).toBe('revert-failed');
  expect((await settle(rig, 'keep-live')).report.outcome).toBe('kept-live');
});
