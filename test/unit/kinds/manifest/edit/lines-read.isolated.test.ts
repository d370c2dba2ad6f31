import { expect, it, vi } from 'vitest';
import type * as Lines from '../../../../../src/kinds/manifest/flags/command-line.ts';
import { imageOf, manage, release, restores, value } from '../manifest-rig.ts';

/** How often a whole command line was read. */
const read = vi.hoisted(() => ({ lines: 0 }));

vi.mock('../../../../../src/kinds/manifest/flags/command-line.ts', async (original) => {
  const lines = await original<typeof Lines>();
  const readCommandLine: typeof lines.readCommandLine = (container) => {
    read.lines += 1;
    return lines.readCommandLine(container);
  };
  return { ...lines, readCommandLine };
});

/** How often, to give so many flags back. */
function timesRead(count: number): number {
  const names = Array.from({ length: count }, (_, index) => `flag-${index}`);
  const given = ['x', '--kept=1', ...names.map((name) => `--${name}=old`)];
  const original = imageOf(
    `apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec:\n  containers:\n  - name: x\n    image: example.org/x:1\n    command:\n${given.map((one) => `    - ${one}\n`).join('')}`,
  );
  const step = manage(original, Object.fromEntries(names.map((one) => [one, value('new')])), 'x');
  const back = restores(step, original);
  read.lines = 0;
  expect(release(step.image, back)).toEqual(original);
  return read.lines;
}

it('flags are given back as the original has them, of which the command line is read once', () => {
  expect(timesRead(40)).toBe(timesRead(20));
});
