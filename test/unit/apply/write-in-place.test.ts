import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { executeRun } from '../../../src/apply/run/execute-run.ts';
import { openJournals } from '../../../src/apply/journal/journal-file.ts';
import { recoverRuns, settleOpenRuns } from '../../../src/apply/recovery/recover.ts';
import { runFolder } from '../../../src/apply/journal/run-folder.ts';
import type { Millis } from '../../../src/model/brand.ts';
import { bindMount, bindMountMissing, unmount } from './bind-mount.ts';
import { runInput, type FileEdit, type PartOptions } from './run-inputs.ts';
import { openRig, type RunRig } from './run-rig.ts';

const MOUNTED = '/etc/app/resolv.conf';
const SOURCE = '/var/source';
const OLD = 'search a\nnameserver 1\nmiddle\noptions x\nend\n';
const NEW = 'search a\nnameserver 2\nnameserver 3\nmiddle\noptions x\nend\n';
const missing = bindMountMissing();

let rig: RunRig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.close());

/** Mounts a file that holds OLD. */
function mounted(): void {
  rig.write(SOURCE, OLD, 0o640);
  rig.write(MOUNTED, 'below the mount\n');
  expect(bindMount(rig.real(SOURCE), rig.real(MOUNTED))).toBe(true);
}

function edit(to: string, more: Partial<FileEdit> = {}): FileEdit {
  return { path: MOUNTED, to, inPlace: true, ...more };
}

async function run(edits: readonly FileEdit[], options: PartOptions = {}) {
  const input = await runInput(rig, edits, options);
  return { input, ...(await executeRun(rig.context, input)) };
}

/** An edit of another line than the run's. */
function theirs(text: string): string {
  return text.replace('options x', 'options y');
}

/** What somebody does once the file is written. */
function meanwhile(act: () => void): void {
  rig.on('written', (event) => {
    if (event.type === 'written' && event.path === MOUNTED) act();
  });
}

/** A run that dies (its action never ends) once the file is written: it waits there, and does nothing more in a later test. */
async function dieWhileWaiting(to: string): Promise<{ folder: string; stage: string }> {
  const input = await runInput(rig, [edit(to, { onChange: ['true'] })]);
  await new Promise<void>((reached) => {
    const commands: typeof rig.host.commands = {
      run: () => {
        reached();
        return new Promise(() => {});
      },
    };
    // What is as good as dead wakes up when the time of its check is over, and finds its place gone.
    executeRun({ ...rig.context, host: { ...rig.host, commands } }, input).catch(() => {});
  });
  const folder = runFolder(rig.host.stateDir, input.run).dir;
  return { folder, stage: join(folder, `.setpoint-stage-${input.run}`) };
}

describe.skipIf(missing !== null)(
  `a bind-mounted file${missing === null ? '' : ` (${missing})`}`,
  () => {
    beforeEach(mounted);
    afterEach(() => unmount(rig.real(MOUNTED)));

    test.each([
      ['longer', NEW],
      ['shorter', 'x\n'],
      ['empty', ''],
    ])('gets %s content through its own inode, and nothing is left beside it', async (_, to) => {
      const { ino } = statSync(rig.real(MOUNTED));
      const { report, input } = await run([edit(to)]);
      expect([report.outcome, rig.read(MOUNTED), rig.read(SOURCE)]).toEqual(['applied', to, to]);
      expect(statSync(rig.real(MOUNTED)).ino).toBe(ino);
      expect(rig.stateOf(MOUNTED)?.mode).toBe(0o640);
      expect(readdirSync(rig.real('/etc/app'))).toEqual(['resolv.conf']);
      const { dir } = runFolder(rig.host.stateDir, input.run);
      expect(readdirSync(dir).filter((name) => name.startsWith('.setpoint'))).toEqual([]);
    });

    test('cannot be replaced: without the choice the run fails and nothing changes', async () => {
      const { report } = await run([{ path: MOUNTED, to: NEW }]);
      expect([report.outcome, rig.read(MOUNTED)]).toEqual(['failed', OLD]);
    });

    test.each([NEW, 'x\n', ''])('gets its old content and mode back by a revert', async (to) => {
      const { report } = await run([edit(to, { mode: 0o600, audits: ['false'] })]);
      expect([report.outcome, rig.read(SOURCE)]).toEqual(['reverted', OLD]);
      expect(rig.stateOf(SOURCE)?.mode).toBe(0o640);
      expect(openJournals(rig.host)).toEqual([]);
    });

    test('keeps an edit of another line by somebody else; theirs is kept aside, too', async () => {
      meanwhile(() => writeFileSync(rig.real(MOUNTED), theirs(NEW)));
      const { report, input } = await run([edit(NEW, { audits: ['false'] })]);
      expect([report.outcome, rig.read(SOURCE)]).toEqual(['reverted', theirs(OLD)]);
      const { foreign } = runFolder(rig.host.stateDir, input.run);
      expect(readFileSync(join(foreign, '0'), 'utf8')).toBe(theirs(NEW));
    });

    test('that somebody else edited is not taken for torn, even if each byte is old or new', async () => {
      const [old, next] = ['a=1\nb=1\n', 'a=2\nb=2\n'];
      writeFileSync(rig.real(SOURCE), old);
      meanwhile(() => writeFileSync(rig.real(MOUNTED), 'a=2\nb=1\n'));
      const { report } = await run([edit(next, { audits: ['false'] })]);
      expect([report.outcome, rig.read(SOURCE)]).toEqual(['revert-failed', 'a=2\nb=1\n']);
    });

    test('after a failed revert is put right by the commands, through the same inode', async () => {
      meanwhile(() => writeFileSync(rig.real(MOUNTED), 'other\n'));
      const { ino } = statSync(rig.real(MOUNTED));
      const { report } = await run([edit(NEW, { mode: 0o600, audits: ['false'] })]);
      expect(report.outcome).toBe('revert-failed');
      const script = report.manualCommands.slice(0, -1).join('\n');
      await rig.host.commands.run(['sh', '-ec', script], { cwd: '/', timeout: 5000 as Millis });
      expect((await recoverRuns(rig.context))[0]?.outcome).toBe('reverted');
      expect([rig.read(SOURCE), statSync(rig.real(MOUNTED)).ino]).toEqual([OLD, ino]);
      expect(rig.stateOf(SOURCE)?.mode).toBe(0o640);
    });

    test('left torn by a killed run is recovered, and what was found is kept', async () => {
      const { folder, stage } = await dieWhileWaiting(NEW);
      spawnSync('mv', [join(stage, '0.written'), join(stage, '0.writing')]);
      const torn = NEW.slice(0, 30) + OLD.slice(30);
      writeFileSync(rig.real(MOUNTED), torn);
      const [ended] = await settleOpenRuns(rig.context);
      expect([ended?.report.outcome, rig.read(SOURCE)]).toEqual(['reverted', OLD]);
      expect(ended?.diagnostics.map(({ code }) => code)).toEqual(['SP6074']);
      expect(readFileSync(join(folder, 'foreign/0'), 'utf8')).toBe(torn);
    });

    test('with one foreign byte in the middle of a torn write needs a person', async () => {
      const { stage } = await dieWhileWaiting(NEW);
      spawnSync('mv', [join(stage, '0.written'), join(stage, '0.writing')]);
      const torn = (NEW.slice(0, 30) + OLD.slice(30)).replace('1', '9').replace('2', '9');
      writeFileSync(rig.real(MOUNTED), torn);
      const [report] = await recoverRuns(rig.context);
      expect([report?.outcome, rig.read(SOURCE)]).toEqual(['revert-failed', torn]);
    });

    test('whose mount is gone is not taken for restored', async () => {
      await dieWhileWaiting(NEW);
      unmount(rig.real(MOUNTED));
      writeFileSync(rig.real(MOUNTED), OLD);
      const [report] = await recoverRuns(rig.context);
      expect(report?.outcome).toBe('revert-failed');
      expect(report?.reason).toContain('is a mount missing?');
      expect(rig.read(SOURCE)).toBe(NEW);
      bindMount(rig.real(SOURCE), rig.real(MOUNTED));
      expect((await recoverRuns(rig.context))[0]?.outcome).toBe('reverted');
      expect(rig.read(SOURCE)).toBe(OLD);
    });
  },
);

test('a hard link sees the new content and stays a link', async () => {
  rig.write(MOUNTED, OLD);
  linkSync(rig.real(MOUNTED), rig.real('/etc/app/other'));
  const { report } = await run([edit(NEW)]);
  expect([report.outcome, rig.read('/etc/app/other')]).toEqual(['applied', NEW]);
  expect(statSync(rig.real(MOUNTED)).nlink).toBe(2);
});

test('a file that was replaced after it was planned is left alone', async () => {
  rig.write(MOUNTED, OLD);
  rig.on('staged', () => {
    spawnSync('cp', ['-p', rig.real(MOUNTED), rig.real('/etc/app/copy')]);
    spawnSync('mv', [rig.real('/etc/app/copy'), rig.real(MOUNTED)]);
  });
  const { report } = await run([edit(NEW)]);
  expect(report.outcome).not.toBe('applied');
  expect(rig.read(MOUNTED)).toBe(OLD);
});

test('a run cannot create or delete in place', async () => {
  const { report } = await run([edit(NEW)]);
  expect([report.outcome, rig.read(MOUNTED)]).toEqual(['failed', null]);
});

describe.skipIf(missing !== null)('on a file system of 1 MiB (needs root to mount)', () => {
  let target: string;
  beforeEach(() => {
    target = rig.real('/etc/app');
    mkdirSync(target, { recursive: true });
    spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', target]);
  });
  afterEach(() => unmount(target));

  test('content that does not fit is taken back: a real short write', async () => {
    const old = 'o'.repeat(400_000);
    rig.write(MOUNTED, old);
    const { report } = await run([edit('n'.repeat(1_500_000))]);
    expect(report.outcome).toBe('reverted');
    expect(rig.read(MOUNTED)).toBe(old);
  });

  test('a shorter file whose space somebody took needs a person, and is recovered once there is room', async () => {
    const old = 'o'.repeat(600_000);
    rig.write(MOUNTED, old);
    const filler = join(target, 'filler');
    meanwhile(() => spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=64k']));
    const { report } = await run([edit('n\n', { audits: ['false'] })]);
    expect(report.outcome).toBe('revert-failed');
    expect(report.reason).toContain('no space left');
    truncateSync(filler, 0);
    expect((await recoverRuns(rig.context))[0]?.outcome).toBe('reverted');
    expect(rig.read(MOUNTED)).toBe(old);
  });
});

test('only permissions change in place, and come back', async () => {
  rig.write(MOUNTED, OLD);
  chmodSync(rig.real(MOUNTED), 0o640);
  const kept = await run([edit(OLD, { mode: 0o600 })]);
  expect([kept.report.outcome, rig.stateOf(MOUNTED)?.mode]).toEqual(['applied', 0o600]);
  const back = await run([edit(OLD, { mode: 0o644, audits: ['false'] })]);
  expect([back.report.outcome, rig.stateOf(MOUNTED)?.mode]).toEqual(['reverted', 0o600]);
});
