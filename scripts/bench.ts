/**
 * `npm run bench [-- --files 1,20 --rounds N --dir DIR --json]`: what the file transaction costs beside the least that replaces files durably,
 * what a schedule document costs beside that, and what commands cost beside a bare Node. Both sides take turns in one run. Exits 1 when a limit is exceeded.
 */
import { rmSync } from 'node:fs';
import { loadavg } from 'node:os';
import { makeBenchDirectory } from './bench/bench-files.ts';
import { commandRows } from './bench/command-rows.ts';
import { documentRows } from './bench/document-rows.ts';
import { fileRows } from './bench/file-rows.ts';
import { readOptions } from './bench/options.ts';
import { isHeld, type Row } from './bench/row.ts';
import { formatTable, verdict } from './bench/table.ts';

try {
  const options = readOptions(process.argv.slice(2));
  const { directory, type } = makeBenchDirectory(options.dir);
  try {
    const rows: Row[] = [];
    for (const count of options.files) {
      rows.push(...(await fileRows(directory, count, options.rounds)));
    }
    rows.push(...(await documentRows(directory, options.rounds)));
    rows.push(...(await commandRows(directory, Math.ceil(options.rounds / 3))));
    const load = loadavg().map((value) => value.toFixed(1));
    if (options.json)
      console.log(JSON.stringify({ rows, fileSystem: type, load: load.map(Number) }));
    else
      console.log(
        `${formatTable(rows)}\nfile system ${type}, load average ${load.join(' ')}\n${verdict(rows)}`,
      );
    if (!rows.every(isHeld)) process.exitCode = 1;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
} catch (error) {
  console.error(`bench: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
