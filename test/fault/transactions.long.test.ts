/** Library transactions of many processes on the same files. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { buildScriptIn } from './build-script.ts';

const PROCESSES = 20;
const TURNS = 3;

test('none of the transactions of 20 processes on the same two files loses a write, and nothing is left over', async () => {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'setpoint-transactions-')));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const script = buildScriptIn(directory, 'transactor');
  const root = join(directory, 'root');
  mkdirSync(join(root, 'data'), { recursive: true });
  writeFileSync(join(root, 'data/a'), '0');
  writeFileSync(join(root, 'data/b'), '100');
  const ends = await Promise.all(
    Array.from({ length: PROCESSES }, async () => {
      const child = spawn(process.execPath, [script, root, String(TURNS)], {
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      onTestFinished(() => void child.kill('SIGKILL'));
      const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
      return code === 0 ? '' : said;
    }),
  );
  expect(ends.filter((said) => said !== '')).toEqual([]);
  expect(readFileSync(join(root, 'data/a'), 'utf8')).toBe(String(PROCESSES * TURNS));
  expect(readFileSync(join(root, 'data/b'), 'utf8')).toBe(String(100 + PROCESSES * TURNS));
  expect(readdirSync(join(root, 'data')).toSorted()).toEqual(['a', 'b']);
  expect(readdirSync(join(root, 'var/lib/setpoint/journal'))).toEqual([]);
});
