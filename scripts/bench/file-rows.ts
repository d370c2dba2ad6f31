import type { RealPath } from '../../src/model/brand.ts';
import { contentOf, makeBenchFiles } from './bench-files.ts';
import { compare, timed } from './compare.ts';
import { newTransaction } from './file-transaction.ts';
import { replaceFiles } from './floor.ts';
import type { Row } from './row.ts';
import { summarize } from './summary.ts';

/** Files written before anything counts, so that the engine's code is compiled whatever the number of files; both sides do it. */
const WARM_UP_FILES = 100;

/** How many times the floor a file transaction may take: its fixed part weighs most on few files. */
function limitFor(count: number): number {
  return count < 20 ? 3 : 2;
}

/**
 * The file transaction alone (staging, committed record, installation) against the floor, on the same files; and, only told, the same
 * transactions with the intent record that comes before.
 */
export async function fileRows(
  directory: RealPath,
  count: number,
  rounds: number,
): Promise<readonly Row[]> {
  const bench = makeBenchFiles(directory, count);
  const wholes: number[] = [];
  const { subject, floor, ratio } = await compare(
    {
      subject: async (round) => {
        const transaction = newTransaction(bench, contentOf(`transaction ${String(round)}`));
        const intent = await timed(() => transaction.recordIntent());
        const files = await timed(() => transaction.replaceFiles());
        await transaction.close();
        if (round >= 0) wholes.push(intent + files);
        return files;
      },
      floor: (round) => timed(() => replaceFiles(bench, contentOf(`floor ${String(round)}`))),
    },
    { rounds, warmUp: Math.max(2, Math.ceil(WARM_UP_FILES / count)) },
  );
  const name = `file transaction, ${String(count)} ${count === 1 ? 'file' : 'files'}`;
  const whole = summarize(wholes);
  return [
    { name, subject, floor, ratio, limit: limitFor(count) },
    {
      name: '  and its intent record',
      subject: whole,
      floor,
      ratio: whole.median / floor.median,
      limit: null,
    },
  ];
}
