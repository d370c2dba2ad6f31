import { fail, ok } from '../../diagnostics/diagnostic.ts';
import type { Result } from '../../diagnostics/diagnostic.ts';
import type { ItemKey } from '../../model/brand.ts';
import { readCrontabFile } from './crontab-file.ts';
import type { Crontab } from './crontab-file.ts';

/**
 * The crontab that was made, read again: every wanted line stands after its marker, every other line of ours and of others is as before
 * and in its order. Fails with SP2024: a fault of setpoint, nothing is written.
 */
export function proveEdit(
  before: Crontab,
  bytes: Uint8Array,
  wanted: ReadonlyMap<ItemKey, string | null>,
  path: string,
): Result<Crontab> {
  const read = readCrontabFile({ exists: true, bytes, mode: 0 }, path);
  if (!read.ok) return read;
  const after = read.value;
  const keys = new Set([...before.own.keys(), ...after.own.keys(), ...wanted.keys()]);
  const wrong = [...keys].find((key) => {
    const line = wanted.get(key);
    const expected = line === undefined ? lineOf(before, key) : line;
    return lineOf(after, key) !== expected;
  });
  if (wrong === undefined && foreign(before) === foreign(after)) return ok(after);
  const what = wrong === undefined ? 'lines of others' : wrong;
  const message = `${path}: the edit of the crontab could not be proved: ${what} would not be as meant`;
  const help = 'nothing was written; report this with the crontab';
  return fail({ code: 'SP2024', severity: 'error', message, help });
}

function lineOf({ own }: Crontab, key: ItemKey): string | null {
  return own.get(key)?.body?.text ?? null;
}

function foreign({ pieces }: Crontab): string {
  return pieces.flatMap((piece) => (piece.ours ? [] : [piece.line.text])).join('\n');
}
