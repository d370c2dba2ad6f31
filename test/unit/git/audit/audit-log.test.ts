import {
  appendFileSync,
  existsSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { appendAudit, auditHead } from '../../../../src/git/audit/audit-log.ts';
import { chainRecord, parseRecord, recordLine } from '../../../../src/git/audit/audit-record.ts';
import type { CommitId } from '../../../../src/model/brand.ts';
import { verifyAudit } from '../../../../src/git/audit/verify-audit.ts';
import { scratchDirectory } from '../scratch.ts';

function event(n: number, extra: Record<string, string> = {}) {
  return { time: '2026-01-01T00:00:00Z', event: 'decided', run: `run-${n}`, ...extra };
}

async function logOf(
  records: number,
): Promise<{ dir: string; file: string; lines: () => string[] }> {
  const dir = scratchDirectory();
  for (let i = 1; i <= records; i += 1) await appendAudit(dir, event(i));
  const file = join(dir, 'audit.jsonl');
  return { dir, file, lines: () => readFileSync(file, 'utf8').split('\n').slice(0, -1) };
}

describe('the audit log', () => {
  test('is a chain of canonical records, readable by its owner only', async () => {
    const { dir, file, lines } = await logOf(3);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(lines().map((line) => (JSON.parse(line) as { seq: number }).seq)).toEqual([1, 2, 3]);
    expect(lines()[0]).toMatch(
      /^\{"event":"decided","hash":"[0-9a-f]{64}","prev":"0{64}","run":"run-1","seq":1,"time":/,
    );
    const head = await auditHead(dir);
    expect(JSON.parse(lines()[2]!)).toMatchObject({ hash: head });
    expect(await verifyAudit(dir)).toEqual({ ok: true, value: { records: 3, head, bound: 0 } });
  });

  test('is empty before the first record, and reading makes no file', async () => {
    const dir = scratchDirectory();
    expect(await auditHead(dir)).toBeNull();
    expect(await verifyAudit(dir)).toEqual({
      ok: true,
      value: { records: 0, head: null, bound: 0 },
    });
    expect(existsSync(join(dir, 'audit.jsonl'))).toBe(false);
  });

  test('holds records longer than one read and text with any line ends', async () => {
    const { dir } = await logOf(1);
    await appendAudit(dir, event(2, { reason: 'ü\u2028\n\r'.repeat(60_000) }));
    await appendAudit(dir, event(3));
    expect(await verifyAudit(dir)).toMatchObject({ ok: true, value: { records: 3 } });
  });

  test('that cannot be written is an error for people', async () => {
    await expect(appendAudit(join(scratchDirectory(), 'missing'), event(1))).rejects.toThrow(
      /SP5052/,
    );
  });
});

describe('tampering', () => {
  const edits: readonly [string, (lines: string[]) => string[], number][] = [
    ['a changed value', (l) => l.with(1, l[1]!.replace('run-2', 'run-9')), 2],
    ['a changed value in the last record', (l) => l.with(3, l[3]!.replace('run-4', 'run-9')), 4],
    ['a removed record', (l) => l.toSpliced(1, 1), 2],
    ['a removed first record', (l) => l.slice(1), 1],
    ['swapped records', (l) => [l[0]!, l[2]!, l[1]!, l[3]!], 2],
    ['a repeated record', (l) => l.toSpliced(1, 0, l[0]!), 2],
    ['an inserted line', (l) => l.toSpliced(1, 0, '{}'), 2],
    ['a rewritten hash', (l) => l.with(1, l[1]!.replace(/"hash":"./, '"hash":"x')), 2],
    ['a second key of the same name', (l) => l.with(1, l[1]!.replace('{', '{"run":"run-9",')), 2],
    ['added spaces', (l) => l.with(1, `${l[1]!} `), 2],
  ];
  test.each(edits)('%s is found', async (_, edit, line) => {
    const { dir, file, lines } = await logOf(4);
    writeFileSync(file, `${edit(lines()).join('\n')}\n`);
    const result = await verifyAudit(dir);
    expect(result.ok ? null : result.diagnostics[0]).toMatchObject({
      code: 'SP5051',
      at: { line },
    });
  });

  test('with a record and its own hash is found at the record after it', async () => {
    const { dir, file, lines } = await logOf(3);
    const forged = chainRecord(parseRecord(lines()[0]!), event(9));
    writeFileSync(file, `${lines()[0]}\n${recordLine(forged)}${lines()[2]}\n`);
    expect(await verifyAudit(dir)).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'SP5051', at: { line: 3 } }],
    });
  });

  test('with the last record stops the next one', async () => {
    const { dir, file, lines } = await logOf(2);
    writeFileSync(file, `${lines()[0]}\n${lines()[1]!.replace('run-2', 'run-9')}\n`);
    const before = readFileSync(file);
    await expect(appendAudit(dir, event(3))).rejects.toThrow(/SP5051/);
    await expect(auditHead(dir)).rejects.toThrow(/SP5051/);
    expect(readFileSync(file)).toEqual(before);
  });
});

function head(lines: readonly string[], at: number, commit: string) {
  return { hash: parseRecord(lines[at] ?? '')?.hash ?? '', commit: commit.repeat(40) as CommitId };
}

describe('heads that commits name', () => {
  test('are records of a sound log, and the newest one tells how far commits bind it', async () => {
    const { dir, lines } = await logOf(4);
    const named = [head(lines(), 2, 'c'), head(lines(), 0, 'b'), head(lines(), 0, 'a')];
    expect(await verifyAudit(dir, named)).toMatchObject({ ok: true, value: { bound: 3 } });
  });

  test('are missed in a log that was written anew, however well', async () => {
    const { lines } = await logOf(3);
    const { dir } = await logOf(2);
    const other = lines();
    await appendAudit(dir, event(9));
    const named = [head(other, 2, 'c'), head(other, 1, 'b'), head(other, 0, 'a')];
    expect(await verifyAudit(dir, named)).toMatchObject({
      ok: false,
      diagnostics: [
        {
          code: 'SP5051',
          message: expect.stringMatching(
            /replaced or cut: no record .* state commit cccccccccccc/,
          ) as unknown,
        },
      ],
    });
  });
});

describe('after a power loss', () => {
  const tears: readonly [string, (file: string) => void][] = [
    ['half a line', (file) => appendFileSync(file, '{"event":"deci')],
    ['zero bytes', (file) => appendFileSync(file, '\0'.repeat(300))],
    [
      'a line whose first block is missing',
      (file) => appendFileSync(file, `${'\0'.repeat(64)}"}\n`),
    ],
  ];
  test.each(tears)('%s is put aside and the chain goes on', async (_, tear) => {
    const { dir, file } = await logOf(2);
    const size = statSync(file).size;
    tear(file);
    const torn = statSync(file).size - size;
    expect(await verifyAudit(dir)).toMatchObject({
      ok: true,
      value: { records: 2 },
      warnings: [{ code: 'SP5050' }],
    });
    expect((await appendAudit(dir, event(3))).quarantined).toBe(torn);
    expect(await verifyAudit(dir)).toMatchObject({
      ok: true,
      value: { records: 3 },
      warnings: [{ code: 'SP5050' }],
    });
    expect(statSync(join(dir, 'audit.quarantine')).size).toBe(torn + 1);
  });

  test('a torn only record leaves an empty log', async () => {
    const { dir, file } = await logOf(1);
    truncateSync(file, 20);
    expect(await auditHead(dir)).toBeNull();
    expect((await appendAudit(dir, event(1))).quarantined).toBe(20);
    expect(await verifyAudit(dir)).toMatchObject({ ok: true, value: { records: 1 } });
  });
});
