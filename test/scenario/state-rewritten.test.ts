import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { Rig } from './rig/rig.ts';
import { applyLevel, exchanged, forgeCommit, rigWithRemote, stateGit } from './rig/state-remote.ts';
import type { BareRemote } from './rig/state-remote.ts';

const BRANCH = 'setpoint/cp-1';

let rig: Rig;
let remote: BareRemote;
afterEach(() => rig.close());

async function open(): Promise<void> {
  ({ rig, remote } = await rigWithRemote());
}

function local(): Promise<string> {
  return stateGit(rig, 'rev-parse', BRANCH);
}

/** Somebody rewrites the branch: the tree before the last run, in a commit that nobody here made. Gives the commit. */
async function rewrite(): Promise<string> {
  const tree = await remote.git('rev-parse', `${BRANCH}~1^{tree}`);
  const forged = await forgeCommit(remote, tree, 'history as it should have been');
  await remote.git('update-ref', `refs/heads/${BRANCH}`, forged);
  return forged;
}

it('a branch that was rewritten at the remote is told as that; adopt puts the record here on top of it', async () => {
  await open();
  await applyLevel(rig, 1);
  await applyLevel(rig, 2);
  const pushed = await local();
  const forged = await rewrite();
  const applied = await applyLevel(rig, 3);
  expect(applied.code).toBe(0);
  expect(applied.stderr).toContain('SP5086');
  expect(await remote.git('rev-parse', BRANCH)).toBe(forged);
  expect((await rig.exits(6, 'state', 'push')).stderr).toContain('SP5086');
  const here = await local();
  expect(await exchanged(rig, 'adopt')).toMatchObject({ did: 'joined' });
  expect(await remote.git('rev-parse', `${BRANCH}^1`, `${BRANCH}^2`)).toBe(`${here}\n${forged}`);
  await remote.git('merge-base', '--is-ancestor', pushed, BRANCH);
});

it('what somebody rewrote at the remote is pulled only by its name, after the runs are shown that count no more', async () => {
  await open();
  await applyLevel(rig, 1);
  await applyLevel(rig, 2);
  const here = await local();
  const forged = await rewrite();
  for (const named of [[], ['--accept-rewrite', here], ['--accept-rewrite=']]) {
    const { stderr } = await rig.exits(6, 'state', 'pull', ...named);
    expect(stderr).toMatch(new RegExp(`${here.slice(0, 12)} \\S+ applied app 0\\w+\\n`));
    expect(stderr).toContain(`state pull --accept-rewrite=${forged.slice(0, 12)}`);
    expect(await local()).toBe(here);
  }
  const pulled = await exchanged(rig, 'pull', `--accept-rewrite=${forged.slice(0, 12)}`);
  expect(pulled).toMatchObject({ did: 'joined' });
  expect(await remote.git('rev-parse', `${BRANCH}^1`, `${BRANCH}^2`)).toBe(`${forged}\n${here}`);
  expect(await stateGit(rig, 'log', '-1', '--format=%B', BRANCH)).toContain(`it had ${here}`);
  const audit = await readFile(join(rig.stateDir, 'audit.jsonl'), 'utf8');
  expect(audit).toContain(`"rewritten":"${here}"`);
});

it('a branch that was set back or removed at the remote is simply pushed again', async () => {
  await open();
  await applyLevel(rig, 1);
  await applyLevel(rig, 2);
  await remote.git('update-ref', `refs/heads/${BRANCH}`, `${BRANCH}~1`);
  await rig.exits(0, 'state', 'push');
  expect(await remote.git('rev-parse', BRANCH)).toBe(await local());
  await remote.git('update-ref', '-d', `refs/heads/${BRANCH}`);
  expect((await rig.exits(6, 'state', 'pull')).stderr).toContain('SP5086');
  await rig.exits(0, 'state', 'push');
  expect(await remote.git('rev-parse', BRANCH)).toBe(await local());
});
