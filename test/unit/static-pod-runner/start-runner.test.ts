import { mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startRunner } from '../../static-pod-runner/start-runner.ts';
import type { Runner, RunnerOptions } from '../../static-pod-runner/start-runner.ts';

let dir: string;
let manifests: string;
let runner: Runner | null = null;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'setpoint-runner-'));
  manifests = join(dir, 'manifests');
  await mkdir(manifests);
});
afterEach(async () => {
  await runner?.stop();
  runner = null;
  await rm(dir, { recursive: true });
});

function start(options: Partial<RunnerOptions> = {}): Runner {
  runner = startRunner({
    manifestDir: manifests,
    logDir: join(dir, 'logs'),
    cwd: dir,
    relistEvery: 0,
    backoff: { base: 20, max: 40 },
    ...options,
  });
  return runner;
}

function pod(script: string, name = 'demo'): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: { containers: [{ name: 'c', image: 'none', command: ['sh', '-c', script] }] },
  });
}

/** As setpoint writes: staged outside the directory, renamed over the target. */
async function install(name: string, text: string): Promise<void> {
  await writeFile(join(dir, 'staged'), text);
  await rename(join(dir, 'staged'), join(manifests, name));
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('containers', () => {
  it('run the manifest found at the start, with their output in a log file', async () => {
    await install('demo.yaml', pod('echo hello; exec sleep 60'));
    const { pid } = await start().waitFor('started');
    expect(alive(pid)).toBe(true);
    await expect
      .poll(() => readFile(join(dir, 'logs', 'default_demo_c.log'), 'utf8'))
      .toBe('hello\n');
  });

  it('end before the changed ones start', async () => {
    await install('demo.yaml', pod('exec sleep 60'));
    const r = start();
    const first = await r.waitFor('started');
    await install('demo.yaml', pod('exec sleep 61'));
    const second = await r.waitFor('started', { matches: (e) => e.pid !== first.pid });
    expect(alive(first.pid)).toBe(false);
    expect(second.argv).toContain('exec sleep 61');
    expect(r.events().map((e) => e.type)).toEqual([
      'pod-added',
      'started',
      'pod-changed',
      'exited',
      'stopped',
      'started',
    ]);
  });

  it('start again with back-off when they exit', async () => {
    await install('demo.yaml', pod('exit 7'));
    const r = start();
    const exit = await r.waitFor('exited');
    expect(exit.code).toBe(7);
    await r.waitFor('started', { matches: (e) => e.pid !== exit.pid });
  });

  it('are killed after the grace period when they ignore SIGTERM', async () => {
    await install('demo.yaml', pod('trap "" TERM; echo up; while :; do sleep 0.05; done'));
    const r = start({ maxGrace: 100 });
    const { pid } = await r.waitFor('started');
    await expect.poll(() => readFile(join(dir, 'logs', 'default_demo_c.log'), 'utf8')).toBe('up\n');
    await r.stop();
    expect(alive(pid)).toBe(false);
    expect(r.events().find((e) => e.type === 'exited')).toMatchObject({ signal: 'SIGKILL' });
  });

  it('whose program does not exist are reported and tried again', async () => {
    await install('demo.yaml', pod('x').replace('"sh"', '"/no/such/program"'));
    const r = start();
    expect(await r.waitFor('exited')).toMatchObject({ pid: null });
  });
});

describe('the manifest directory', () => {
  it('is taken with any extension, without dot-names and directories, through symlinks', async () => {
    await mkdir(join(manifests, 'sub'));
    await install('.hidden.yaml', pod('exec sleep 60', 'hidden'));
    await install('backup.bak', pod('exec sleep 60', 'backup'));
    await writeFile(join(dir, 'target'), pod('exec sleep 60', 'linked'));
    await symlink(join(dir, 'target'), join(manifests, 'linked'));
    const r = start();
    expect(r.events().flatMap((e) => (e.type === 'pod-added' ? [e.pod] : []))).toEqual([
      'default/backup',
      'default/linked',
    ]);
  });

  it('gives a pod up when its file is renamed away', async () => {
    await install('demo.yaml', pod('exec sleep 60'));
    const r = start();
    const { pid } = await r.waitFor('started');
    await rename(join(manifests, 'demo.yaml'), join(dir, 'away'));
    await r.waitFor('stopped');
    expect(alive(pid)).toBe(false);
  });

  it('keeps the old pod when an event finds an unparsable file, and drops it at the relist', async () => {
    await install('demo.yaml', pod('exec sleep 60'));
    const r = start();
    const { pid } = await r.waitFor('started');
    await install('demo.yaml', '{');
    await r.waitFor('refused');
    expect(alive(pid)).toBe(true);
    r.relist();
    await r.waitFor('stopped');
  });

  it.each([
    [false, 'old'],
    [true, 'new'],
  ])('with two files of one pod and firstNameWins=%s runs the %s one', async (first, winner) => {
    await install('demo.yaml', pod('exec sleep 60 # new'));
    await install('demo.yaml.bak', pod('exec sleep 60 # old'));
    const r = start({ firstNameWins: first });
    const { argv } = await r.waitFor('started');
    expect(argv[2]).toContain(winner);
  });

  it('loses the real pod when a temporary copy inside it is renamed over the target', async () => {
    await install('demo.yaml', pod('exec sleep 60'));
    const r = start();
    await r.waitFor('started');
    await writeFile(join(manifests, 'demo.yaml.tmp'), pod('exec sleep 61'));
    await r.waitFor('pod-changed');
    await rename(join(manifests, 'demo.yaml.tmp'), join(manifests, 'demo.yaml'));
    expect(await r.waitFor('pod-removed')).toMatchObject({ pod: 'default/demo' });
  });

  it('restarts nothing when only comments change', async () => {
    const yaml = `apiVersion: v1\nkind: Pod\nmetadata: {name: demo}\nspec:\n  containers:\n  - {name: c, image: i, command: [sleep, "60"]}\n`;
    await install('demo.yaml', yaml);
    const r = start();
    await r.waitFor('started');
    await install('demo.yaml', `# a comment\n${yaml}`);
    await install('other.yaml', pod('exec sleep 60', 'other'));
    await r.waitFor('started', { matches: (e) => e.pod === 'default/other' });
    expect(r.events().filter((e) => e.type === 'pod-changed')).toEqual([]);
  });

  it('is noticed late with noticeAfter: the old process still answers', async () => {
    await install('demo.yaml', pod('exec sleep 60'));
    const r = start({ noticeAfter: 150 });
    const { pid } = await r.waitFor('started');
    await install('demo.yaml', pod('exec sleep 61'));
    await r.waitFor('pod-changed');
    expect(alive(pid)).toBe(true);
    await r.waitFor('stopped');
  });
});
