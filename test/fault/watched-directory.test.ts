/** What a consumer of a manifest directory sees of applies and reverts, from inotify's own log. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { openPlaceReader } from '../../src/host/place-facts.ts';
import { executeRun } from '../../src/apply/run/execute-run.ts';
import type { HostPath, RealPath } from '../../src/model/brand.ts';
import { runInput } from '../unit/apply/run-inputs.ts';
import { openRig } from '../unit/apply/run-rig.ts';
import { temporaryDirectory } from '../unit/host/temporary-directory.ts';

const missing =
  spawnSync('inotifywait', ['--help']).error === undefined ? null : 'inotifywait is not installed';
/** `WATCH_APPLIES=1000` for the full size (`npm run test:fault:long`); a tenth of it for reverts. */
const APPLIES = Number(process.env['WATCH_APPLIES'] ?? 30);
const FILE = '/etc/kubernetes/manifests/kube-apiserver.yaml';
const END = 'end-of-the-test';

/**
 * Events on which the kubelet acts (file_linux.go: create, write, rename in, rename away, delete). Opening, reading and closing
 * change nothing; ATTRIB is the link count of the old inode while it is kept in the stage.
 */
const ACTED_ON = /^(CREATE|MODIFY|CLOSE_WRITE|MOVED_TO|MOVED_FROM|DELETE|DELETE_SELF|MOVE_SELF)/;

async function watch(directory: string): Promise<() => Promise<readonly string[]>> {
  const log = join(temporaryDirectory(), 'log');
  const child = spawn('inotifywait', ['-m', '-o', log, '--format', '%e %f', directory], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  for await (const line of createInterface(child.stderr)) if (line.includes('established')) break;
  return async () => {
    // The last event: everything before it is in the log when it is.
    writeFileSync(join(directory, END), '');
    for (;;) {
      const lines = readFileSync(log, 'utf8').split('\n');
      const end = lines.findIndex((line) => line.endsWith(END));
      if (end !== -1) {
        const exited = once(child, 'exit');
        child.kill('SIGTERM');
        await exited;
        return lines.slice(0, end);
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
}

test.skipIf(missing !== null).each([
  { title: 'kept', audits: [], perApply: 1, applies: APPLIES },
  { title: 'reverted', audits: ['false'], perApply: 2, applies: Math.ceil(APPLIES / 10) },
])(
  `applies that are $title show a consumer one rename-in per written file and nothing else${missing === null ? '' : ` (${missing})`}`,
  { timeout: 1_800_000 },
  async ({ title, audits, perApply, applies }) => {
    const rig = await openRig();
    onTestFinished(() => rig.close());
    const directory = dirname(rig.real(FILE));
    mkdirSync(directory, { recursive: true });
    rig.write(FILE, 'a: 0\n', 0o600);
    const seen = await watch(directory);
    for (let i = 1; i <= applies; i += 1) {
      const edits = [{ path: FILE, to: `a: ${String(i)}\n`, watched: true, audits }];
      const { report } = await executeRun(rig.context, await runInput(rig, edits));
      expect(report.outcome).toBe(title === 'kept' ? 'applied' : 'reverted');
    }
    const events = (await seen()).filter((line) => ACTED_ON.test(line));
    const expected = Array.from(
      { length: applies * perApply },
      () => 'MOVED_TO kube-apiserver.yaml',
    );
    expect(events).toEqual(expected);
  },
);

test.skipIf(missing !== null)(
  `looking whether a file may be written opens it, and no consumer takes that for a write${missing === null ? '' : ` (${missing})`}`,
  async () => {
    const root = temporaryDirectory() as RealPath;
    writeFileSync(join(root, 'a.yaml'), 'a: 0\n');
    const seen = await watch(root);
    openPlaceReader({ root, native: null }).read(
      '/a.yaml' as HostPath,
      join(root, 'a.yaml') as RealPath,
    );
    const events = (await seen()).filter((line) => line.endsWith('a.yaml'));
    expect(events).toEqual(['OPEN a.yaml', 'CLOSE_NOWRITE,CLOSE a.yaml']);
  },
);
