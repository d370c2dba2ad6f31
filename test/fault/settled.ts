import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { openJournals } from '../../src/apply/journal-file.ts';
import { recoverRuns } from '../../src/apply/recover.ts';
import { trailerValue, TRAILER } from '../../src/git/commit-message.ts';
import { hostPath, openRig, type RunRig } from '../unit/apply/run-rig.ts';
import { CREATED, WATCHED } from './two-files.ts';

export type Side = 'old' | 'new';

/**
 * Recovers the host under `root` and checks everything that must be true then: all-old or all-new, nothing left over, recorded
 * state equal to the live files, a second recovery without anything to do. Gives the side.
 */
export async function expectSettled(root: string): Promise<Side> {
  const rig = await openRig(root);
  try {
    await recoverRuns(rig.context);
    const side = sideOf(rig);
    expectNoLeftovers(rig, side);
    await expectRecorded(rig, side);
    expect(await recoverRuns(rig.context)).toEqual([]);
    expect(sideOf(rig)).toBe(side);
    return side;
  } finally {
    rig.close();
  }
}

export function sideOf(rig: RunRig): Side {
  const contents = [rig.read(WATCHED), rig.read(CREATED)];
  if (contents[0] === 'old a\n' && contents[1] === null) return 'old';
  expect(contents).toEqual(['new a\n', 'new b\n']);
  return 'new';
}

function expectNoLeftovers(rig: RunRig, side: Side): void {
  expect(openJournals(rig.host.stateDir)).toEqual([]);
  const app = readdirSync(rig.real('/etc/app')).sort();
  expect(app).toEqual(side === 'new' ? ['manifests', 'new'] : ['manifests']);
  expect(readdirSync(rig.real('/etc/app/manifests'))).toEqual(['a.yaml']);
  expect(statSync(rig.real(WATCHED))).toMatchObject({ nlink: 1, mode: 0o100600 });
  if (side === 'new') expect(readdirSync(rig.real('/etc/app/new'))).toEqual(['b.conf']);
}

async function expectRecorded(rig: RunRig, side: Side): Promise<void> {
  if (!existsSync(join(rig.host.stateDir, 'state.git'))) {
    expect(side).toBe('old');
    return;
  }
  expect(await rig.state.verify()).toEqual([]);
  const copy = await rig.state.copyOf(hostPath(WATCHED));
  if (copy !== null) expect(Buffer.from(copy).toString()).toBe(rig.read(WATCHED));
  const [last] = await rig.state.log(1);
  const status = last === undefined ? null : trailerValue(last.trailers, TRAILER.status);
  expect(status).toBe(side === 'new' ? 'applied, unproven' : status === null ? null : 'reverted');
}
