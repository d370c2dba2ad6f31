/** Both locks at full size: 32 processes, 30 turns each. The last line says whether all was well; exit 1 when not. */
import { contend } from './contention.ts';

const SIZE = { processes: 32, turns: 30, kills: 8, stops: 16, longest: 1000 };
let bad = 0;
for (const lock of ['run', 'path'] as const) {
  const verdict = await contend({ lock, ...SIZE });
  const { violations, lostWrites, failed, writes, killed, orphans, stopped, slowest } = verdict;
  bad += violations + lostWrites + failed.length;
  for (const said of failed) console.log(said);
  console.log(
    `${lock} lock: ${String(writes)} writes, ${String(killed)} killed (${String(orphans)} left an orphan), ${String(stopped)} stopped; ` +
      `${String(violations)} violations, ${String(lostWrites)} lost writes, ${String(failed.length)} failed, longest wait ${String(slowest)} ms`,
  );
}
console.log(bad === 0 ? 'contention: 0 violations' : `contention: ${String(bad)} violations`);
if (bad > 0) process.exitCode = 1;
