import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  readManagedFile,
  readPlanRecord,
  recordText,
} from '../../../../src/git/record/serialise.ts';
import type { StateRepository } from '../../../../src/git/record/state-repository.ts';
import { plainGit, scratchDirectory } from '../scratch.ts';
import {
  HOST,
  bytes,
  change,
  commitChange,
  managed,
  newState,
  planRecord,
} from '../state-samples.ts';

describe('records as text', () => {
  test('the same record gives the same text whatever the order of its keys', () => {
    const record = managed('/etc/a');
    const turned = Object.fromEntries(
      Object.entries(record).toReversed(),
    ) as unknown as typeof record;
    expect(recordText(turned)).toBe(recordText(record));
    expect(recordText(record)).toMatch(/^\{\n {2}"formatVersion": 1,\n {2}"items"[^]*\}\n$/);
  });

  test('a record is read back as it was, keys of a newer version included', () => {
    const record = { ...planRecord('etcd'), later: { a: 1 } };
    expect(readPlanRecord(bytes(recordText(record)), 'x')).toEqual({ ok: true, value: record });
  });

  test.each([
    ['{', /is not JSON/],
    ['[]', /is not a JSON object/],
    ['\ufffd', /is not JSON/],
    [JSON.stringify({ ...managed('/a'), path: 'a' }), /damaged: path: should be an absolute path/],
    [
      JSON.stringify({ ...managed('/a'), state: { sha256: 'x' } }),
      /state\.sha256: should be a SHA-256/,
    ],
    [
      JSON.stringify({ ...managed('/a'), items: { k: { owner: {} } } }),
      /items\.k\.owner\.workspace: should be text/,
    ],
    [JSON.stringify({ ...managed('/a'), unobserved: { since: 1 } }), /since: should be text/],
    [JSON.stringify({ ...managed('/a'), lastRun: undefined }), /lastRun: should be text/],
    [JSON.stringify({ ...managed('/a'), original: null }), /original: should be an object/],
  ])('%s is damaged', (text, words) => {
    const read = readManagedFile(bytes(text), 'managed/a.json');
    expect(read.ok ? [] : read.diagnostics.map(({ message }) => message).join('\n')).toMatch(words);
    expect(read.ok ? '' : read.diagnostics[0]!.code).toBe('SP5011');
  });

  test('bytes that are no UTF-8 are damaged, not replaced', () => {
    expect(readManagedFile(new Uint8Array([0x22, 0xff, 0x22]), 'x')).toMatchObject({ ok: false });
  });

  test('a gate that cannot be run later is damaged', () => {
    const gates = {
      files: {},
      plan: [{ id: 'plan[0]', phases: ['sometimes'], check: { kind: 'http' } }],
    };
    const read = readPlanRecord(bytes(JSON.stringify({ ...planRecord('etcd'), gates })), 'x');
    expect(read).toMatchObject({ ok: false });
    expect(JSON.stringify(read)).toContain(
      'gates.plan[0].phases[0]: should be one of before, after, revert',
    );
  });
});

/** Commits files to the host's branch as a person could. */
function writeByHand(state: StateRepository, files: Readonly<Record<string, string>>): void {
  const work = scratchDirectory();
  plainGit(work, 'clone', '-q', '--branch', `setpoint/${HOST}`, state.dir, 'clone');
  for (const [name, text] of Object.entries(files)) writeFileSync(join(work, 'clone', name), text);
  plainGit(join(work, 'clone'), 'add', '-A');
  plainGit(join(work, 'clone'), 'commit', '-qm', 'by hand');
  plainGit(join(work, 'clone'), 'push', '-q');
}

describe('loading what someone wrote by hand', () => {
  test('every damaged file is named at once', async () => {
    const state = newState();
    await commitChange(state, change('/a', '/b', '/c'));
    writeByHand(state, { 'managed/a.json': '{', 'managed/b.json': recordText(managed('/other')) });
    await expect(state.load()).rejects.toMatchObject({
      diagnostics: [
        { code: 'SP5011', message: expect.stringContaining('managed/a.json') },
        {
          code: 'SP5011',
          message: expect.stringContaining('managed/b.json is damaged: it names another'),
        },
      ],
    });
  });

  test('a newer format is named with its version', async () => {
    const state = newState();
    await commitChange(state, change('/a'));
    writeByHand(state, {
      'managed/a.json': JSON.stringify({ ...managed('/a'), formatVersion: 2 }),
    });
    await expect(state.load()).rejects.toThrow(
      /SP5010 .*managed\/a\.json has format version 2; this setpoint reads 1/,
    );
  });

  test('the state of another host is not taken for ours', async () => {
    const state = newState();
    await commitChange(state, change('/a'));
    writeByHand(state, { 'host.json': '{"formatVersion": 1, "host": "cp-2", "hostId": "x"}' });
    await expect(state.load()).rejects.toThrow(
      /SP5011.*host\.json is damaged: it is of host cp-2, not cp-1/,
    );
  });
});
