import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createFleet } from './rig/fleet.ts';
import type { Fleet } from './rig/fleet.ts';
import { goTheWholeWay } from './rig/whole-way.ts';

let dir: string;
let fleet: Fleet;

beforeEach(async () => {
  dir = await realpath(await mkdtemp(join(tmpdir(), 'setpoint-remotes-')));
  const urlOf = (name: string): string => `file://${join(dir, name)}`;
  fleet = await createFleet({ dir, urlOf, admit: () => Promise.resolve() });
});
afterEach(async () => {
  await fleet.close();
  await rm(dir, { recursive: true, force: true });
});

it('a change goes all the way to two hosts and back, through remotes alone', async () => {
  expect(await goTheWholeWay(fleet)).toContain('Nothing to do');
});
