import { afterEach, expect, it } from 'vitest';
import { createFleet } from './rig/fleet.ts';
import type { Fleet } from './rig/fleet.ts';
import { goTheWholeWay } from './rig/whole-way.ts';

let fleet: Fleet | undefined;
afterEach(async () => {
  await fleet?.close();
  fleet = undefined;
});

it('a change goes all the way to two hosts and back, through remotes alone', async () => {
  fleet = await createFleet((dir) => `file://${dir}`);
  expect(await goTheWholeWay(fleet)).toContain('Nothing to do');
});
