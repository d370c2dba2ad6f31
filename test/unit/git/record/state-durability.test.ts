import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plainGit, scratchDirectory } from '../scratch.ts';
import { HOST, change, commitSpec, newState } from '../state-samples.ts';

/** Why this process cannot be traced, or null. */
async function traceProblem(): Promise<string | null> {
  try {
    execFileSync('strace', ['-V'], { stdio: 'ignore' });
  } catch {
    return 'strace is not installed';
  }
  const trace = await startTrace(join(scratchDirectory(), 'probe'));
  return trace === null ? 'this machine does not allow tracing' : trace.stop().then(() => null);
}

async function startTrace(log: string) {
  const args = [
    '-f',
    '-y',
    '-s',
    '0',
    '-e',
    'trace=fsync,fdatasync',
    '-o',
    log,
    '-p',
    String(process.pid),
  ];
  const strace = spawn('strace', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let words = '';
  while (!words.includes('attached')) {
    const [chunk] = await Promise.race([
      once(strace.stderr, 'data'),
      once(strace, 'exit').then(() => [null]),
    ]);
    if (chunk === null) return null;
    words += String(chunk);
  }
  return {
    async stop(): Promise<string[]> {
      strace.kill('SIGINT');
      await once(strace, 'exit');
      return [...readFileSync(log, 'utf8').matchAll(/f(?:data)?sync\(\d+<([^>]*)>/g)].map(
        ([, path]) => path!,
      );
    },
  };
}

test('everything of a commit is synced: objects, their directories, the branch, the repository', async (context) => {
  const problem = await traceProblem();
  context.skip(problem !== null, problem ?? '');

  const stateDir = scratchDirectory();
  const state = newState({ stateDir });
  const all = await startTrace(join(scratchDirectory(), 'log'));
  const tree = await state.prepare(null, change('/etc/a', '/etc/b/c'));
  const commit = await state.writeCommit(commitSpec(tree));
  // The journal names the commit before the branch moves: it must be safe by now.
  const written = await all!.stop();
  const move = await startTrace(join(scratchDirectory(), 'log'));
  await state.advance(commit, null);
  const moved = await move!.stop();

  const objects = plainGit(
    state.dir,
    'rev-list',
    '--objects',
    '--no-object-names',
    `setpoint/${HOST}`,
  )
    .trim()
    .split('\n');
  expect(objects).toContain(commit);
  const packs = join(state.dir, 'objects', 'pack');
  const [pack, ...more] = readdirSync(packs).filter((name) => name.endsWith('.idx'));
  expect(more).toEqual([]);
  const packed = plainGit(state.dir, 'verify-pack', '-v', join(packs, pack ?? ''));
  for (const id of objects.filter((one) => one !== commit)) expect(packed).toContain(id);
  for (const part of ['tmp_pack_', 'tmp_idx_', 'tmp_obj_']) {
    expect(written.filter((path) => path.includes(`/${part}`))).toHaveLength(1);
  }
  expect(written).toContain(packs);
  expect(written).toContain(join(state.dir, 'objects', commit.slice(0, 2)));
  expect(written).toContain(join(state.dir, 'objects'));
  expect(written).toContain(stateDir);
  for (const place of ['', 'refs', 'refs/heads', 'refs/heads/setpoint', 'logs']) {
    expect(moved).toContain(join(state.dir, place));
  }
  expect(moved).toContain(join(state.dir, `refs/heads/setpoint/${HOST}`));
});
