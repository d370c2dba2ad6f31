import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  backupPlace,
  parseSnapshotName,
  snapshotName,
} from '../../../../src/host/backups/backup-paths.ts';
import {
  listObjects,
  objectPath,
  putObject,
  readObject,
} from '../../../../src/host/backups/object-store.ts';
import type { RunId, Sha256 } from '../../../../src/model/brand.ts';
import { sha256 } from '../../../../src/model/canonical-json.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

function store() {
  return backupPlace(join(temporaryDirectory(), 'backups'));
}

function headOf(path: string): string {
  return readFileSync(path).toString('latin1').split('\n')[0] ?? '';
}

test('small content is stored raw, larger content packed, both under the hash of the content itself', async () => {
  const place = store();
  const small = Buffer.from('a: 1\n');
  const large = Buffer.alloc(10_000, 'flag\n');
  const names = [await putObject(place, small), await putObject(place, large)];
  expect(names).toEqual([sha256(small), sha256(large)]);
  expect(names.map((name) => headOf(objectPath(place, name)))).toEqual([
    'setpoint-object 1 raw 5',
    'setpoint-object 1 gzip 10000',
  ]);
  for (const [i, content] of [small, large].entries()) {
    const read = await readObject(place, names[i] as Sha256);
    expect(read.is === 'intact' && Buffer.from(read.content).equals(content)).toBe(true);
  }
  const packed = objectPath(place, names[1] as Sha256);
  expect(statSync(packed).size).toBeLessThan(1000);
  expect(statSync(packed).mode & 0o777).toBe(0o600);
});

test('the same content is stored once and not written again', async () => {
  const place = store();
  const name = await putObject(place, Buffer.from('same'));
  const first = statSync(objectPath(place, name), { bigint: true });
  await putObject(place, Buffer.from('same'));
  const second = statSync(objectPath(place, name), { bigint: true });
  expect([second.ino, second.mtimeNs]).toEqual([first.ino, first.mtimeNs]);
  expect(listObjects(place)).toHaveLength(1);
});

test.each(['small\n', 'large\n'.repeat(2000)])(
  'each flipped bit of the payload is seen, and storing the content again heals it',
  async (text) => {
    const place = store();
    const name = await putObject(place, Buffer.from(text));
    const path = objectPath(place, name);
    const good = readFileSync(path);
    for (let at = good.indexOf(10) + 1; at < good.length; at += 1) {
      const bad = Buffer.from(good);
      bad.writeUInt8(bad.readUInt8(at) ^ 4, at);
      writeFileSync(path, bad);
      const read = await readObject(place, name);
      // The packed stream has a header (a time, an operating system) that its content does not depend on.
      const found = read.is === 'intact' ? Buffer.from(read.content).toString() : read.is;
      expect(found === 'damaged' || (found === text && text.length > 100)).toBe(true);
    }
    writeFileSync(path, good.subarray(0, good.length - 1));
    expect((await readObject(place, name)).is).toBe('damaged');
    await putObject(place, Buffer.from(text));
    expect((await readObject(place, name)).is).toBe('intact');
  },
);

test('a stream that would unpack to more than it says is damage, not memory', async () => {
  const place = store();
  const name = await putObject(place, Buffer.alloc(9_000_000));
  const path = objectPath(place, name);
  const text = readFileSync(path).toString('latin1').replace('gzip 9000000', 'gzip 9000');
  writeFileSync(path, Buffer.from(text, 'latin1'));
  expect((await readObject(place, name)).is).toBe('damaged');
});

test('what is not there is missing, and other files are no objects', async () => {
  const place = store();
  expect((await readObject(place, sha256(Buffer.from('x')))).is).toBe('missing');
  expect(listObjects(place)).toEqual([]);
  const name = await putObject(place, Buffer.from('x'));
  writeFileSync(join(place.objects, name.slice(0, 2), '.setpoint-0123456789abcdef.tmp'), 'torn');
  expect(listObjects(place).map((object) => object.sha256)).toEqual([name]);
  expect(existsSync(place.snapshots)).toBe(false);
  expect(readdirSync(place.dir)).toEqual(['objects']);
});

test('names of snapshots say number and run', () => {
  const run = '01K2Y3Z5V6W7X8Y9ZABCDEFGHJ' as RunId;
  expect(snapshotName(42, run)).toBe(`00000042-${run}.json`);
  expect(parseSnapshotName(snapshotName(123_456_789, run))).toEqual({ seq: 123_456_789, run });
  expect(parseSnapshotName(`.${snapshotName(1, run)}`)).toBeNull();
});
