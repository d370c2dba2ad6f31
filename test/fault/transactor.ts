/**
 * One of many processes that change the same two files together: `node transactor.mjs ROOT TURNS`. Each turn reads both numbers and writes
 * both plus one, expecting what it read; who lost the race reads again.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetpointError } from '../../src/diagnostics/setpoint-error.ts';
import type { Millis } from '../../src/model/brand.ts';
import { EXIT } from '../../src/model/outcome.ts';
import { openSession } from '../../src/operations/open-session.ts';
import { transaction } from '../../src/operations/transaction.ts';

const [root = '', turns = '1'] = process.argv.slice(2);
const session = await openSession({
  root,
  host: 'cp-1',
  cwd: '/',
  env: { PATH: process.env['PATH'] },
  actor: 'transactor',
  lockTimeout: 60_000 as Millis,
});

for (let done = 0; done < Number(turns);) {
  try {
    await transaction(session, ['/data/a', '/data/b'].map(plusOne));
    done += 1;
  } catch (error) {
    if (!(error instanceof SetpointError) || error.exitCode !== EXIT.stale) throw error;
  }
}

function plusOne(path: string): { replace: string; content: string; expected: string } {
  const text = readFileSync(join(root, path));
  const expected = createHash('sha256').update(text).digest('hex');
  return { replace: path, content: String(Number(text.toString()) + 1), expected };
}
