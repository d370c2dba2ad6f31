/** Locks under processes that are stopped and killed at random. The full size: `full/contention.test.ts`. */
import { expect, test } from 'vitest';
import { contend } from './contention.ts';

test.each(['run', 'path'] as const)(
  'the %s lock: nobody is ever inside with another, no write is lost, every survivor gets its turns',
  async (lock) => {
    const contest = { lock, processes: 6, turns: 12, kills: 2, stops: 4, longest: 150 };
    const { violations, lostWrites, failed, writes } = await contend(contest);
    expect({ violations, lostWrites, failed }).toEqual({
      violations: [],
      lostWrites: 0,
      failed: [],
    });
    expect(writes).toBeGreaterThan(12);
  },
);
