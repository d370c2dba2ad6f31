import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';

export interface BenchOptions {
  /** Where files are made: a directory on a disk. */
  readonly dir: string;
  readonly files: readonly number[];
  /** Of each comparison; the commands have a third, since each round is two processes. */
  readonly rounds: number;
  readonly json: boolean;
}

/** Throws for an unknown option or a number that is none. */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      dir: { type: 'string', default: tmpdir() },
      files: { type: 'string', default: '1,20,100,1000' },
      rounds: { type: 'string', default: '31' },
      json: { type: 'boolean', default: false },
    },
  });
  return {
    dir: values.dir,
    files: values.files.split(',').map((text) => count('--files', text)),
    rounds: count('--rounds', values.rounds),
    json: values.json,
  };
}

function count(option: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`${option} takes whole numbers from 1 on, not "${text}"`);
}
