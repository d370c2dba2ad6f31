/** The full size: 32 processes, 30 turns each, some killed at random, some stopped for up to a second, some leaving an orphan. */
import { expect, test } from 'vitest';
import { contend } from '../contention.ts';

const SIZE = { processes: 32, turns: 30, kills: 8, stops: 16, longest: 1000 };

test.each(['run', 'path'] as const)(
  'the %s lock under 32 processes: no violation, no lost write, every survivor in time',
  { timeout: 600_000 },
  async (lock) => {
    const { writes, killed, orphans, stopped, slowest, ...bad } = await contend({ lock, ...SIZE });
    console.log(
      `${lock} lock: ${String(writes)} writes, ${String(killed)} killed (${String(orphans)} left an orphan), ` +
        `${String(stopped)} stopped; longest wait ${String(slowest)} ms`,
    );
    expect(bad).toMatchObject({ violations: [], lostWrites: 0, failed: [] });
  },
);
