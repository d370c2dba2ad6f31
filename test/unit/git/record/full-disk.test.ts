import { readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { appendAudit } from '../../../../src/git/audit/audit-log.ts';
import { verifyAudit } from '../../../../src/git/audit/verify-audit.ts';
import { mount, mountProblem } from '../../host/privileges.ts';
import { scratchDirectory } from '../scratch.ts';
import { bytes, change, commitChange, fileChange, newState } from '../state-samples.ts';

/** A file system of 256 KiB. */
function smallDisk(): string {
  const dir = scratchDirectory();
  mount('-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', dir);
  return dir;
}

function fill(dir: string, leave = 0): string {
  const file = join(dir, 'filler');
  const { bavail, bsize } = statfsSync(dir);
  writeFileSync(file, Buffer.alloc(bavail * bsize - leave));
  return file;
}

test.skipIf(mountProblem !== null)('a full disk leaves the audit log whole', async () => {
  const dir = smallDisk();
  await appendAudit(dir, { time: 't', event: 'first' });
  const filler = fill(dir);
  const before = readFileSync(join(dir, 'audit.jsonl'));
  const long = { time: 't', event: 'second', reason: 'x'.repeat(20_000) };
  await expect(appendAudit(dir, long)).rejects.toThrow(/SP5052.*ENOSPC/);
  expect(readFileSync(join(dir, 'audit.jsonl'))).toEqual(before);
  rmSync(filler);
  await appendAudit(dir, long);
  expect(await verifyAudit(dir)).toEqual({
    ok: true,
    value: expect.objectContaining({ records: 2 }),
  });
});

test.skipIf(mountProblem !== null)(
  'a full disk stops a state commit, and the next one works',
  async () => {
    const stateDir = smallDisk();
    const state = newState({ stateDir });
    const first = await commitChange(state, change('/a'));
    const filler = fill(stateDir, 4096);
    const random = Buffer.from(Array.from({ length: 50_000 }, (_, i) => (i * i * 7919) % 251));
    const large = {
      files: [{ ...fileChange('/b'), copy: new Uint8Array(random), original: bytes('') }],
      plans: [],
    };
    await expect(commitChange(state, large, first)).rejects.toThrow(/SP500[24]/);
    expect(await state.head()).toBe(first);
    rmSync(filler);
    await commitChange(state, large, first);
    expect(await state.verify()).toEqual([]);
  },
);
