import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, statSync, symlinkSync, utimesSync } from 'node:fs';
import { dirname } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { listBackups, showBackup } from '../../../src/operations/backups/read-backups.ts';
import { readDocument } from '../../../src/operations/read-document.ts';
import { updateDocument } from '../../../src/operations/update-document.ts';
import { writeDocument } from '../../../src/operations/write-document.ts';
import type { HostPath, Millis } from '../../../src/model/brand.ts';
import { libraryHost, refusal, type LibraryHost } from './library-session.ts';

const PATH = '/etc/app/jobs.yaml';
const JOBS = `# who runs when
jobs:
  - name: backup # nightly
    at: "0 3 * * *"
    tags: [a, b]
  - name: report
    at: "0 6 * * 1"
limits:
  cpu: 2
`;

let host: LibraryHost;
beforeEach(async () => {
  host = await libraryHost();
  host.write(PATH, JOBS, 0o640);
});

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const data = { jobs: [{ name: 'only', at: '0 1 * * *' }], limits: { cpu: 2 } };
const changed = (): unknown => ({
  jobs: [
    { name: 'backup', at: '0 4 * * *', tags: ['a', 'b'] },
    { name: 'report', at: '0 6 * * 1' },
  ],
  limits: { cpu: 2 },
});

describe('readDocument', () => {
  it('gives the data and the hash of the bytes', async () => {
    const read = await readDocument(host.session, PATH);
    expect(read.version).toBe(sha256(JOBS));
    expect(read.data).toMatchObject({ limits: { cpu: 2 } });
  });

  it('tells a file that is not there from one that holds null', async () => {
    host.write('/etc/app/null.yaml', 'null\n');
    expect(await readDocument(host.session, '/etc/app/none.yaml')).toEqual({
      data: null,
      version: 'absent',
    });
    expect((await readDocument(host.session, '/etc/app/null.yaml')).version).toBe(sha256('null\n'));
  });

  it('takes << for a key like any other: nothing is merged', async () => {
    host.write(PATH, 'a: &x {k: 1}\nb:\n  <<: *x\n  z: 2\n');
    const read = await readDocument(host.session, PATH);
    expect(read.data).toEqual({ a: { k: 1 }, b: { '<<': { k: 1 }, z: 2 } });
  });

  it('gives everybody data of his own, and never what the file no longer holds', async () => {
    const { data: first } = await readDocument(host.session, PATH);
    (first as { limits: { cpu: number } }).limits.cpu = 9;
    expect((await readDocument(host.session, PATH)).data).toMatchObject({ limits: { cpu: 2 } });
    const { atime, mtime } = statSync(host.real(PATH));
    host.write(PATH, JOBS.replace('cpu: 2', 'cpu: 3'));
    utimesSync(host.real(PATH), atime, mtime);
    expect((await readDocument(host.session, PATH)).data).toMatchObject({ limits: { cpu: 3 } });
  });

  it('refuses what is no document, by code and exit code', async () => {
    host.write('/etc/app/broken.yaml', 'a: [1\n');
    const broken = await refusal(readDocument(host.session, '/etc/app/broken.yaml'));
    expect(broken.exitCode).toBe(65);
    const directory = await refusal(readDocument(host.session, '/etc/app'));
    expect([directory.exitCode, directory.diagnostics[0]?.code]).toEqual([1, 'SP2329']);
  });
});

describe('writeDocument', () => {
  it('edits only what differs: comments, style, mode and link stay', async () => {
    const { version } = await readDocument(host.session, PATH);
    symlinkSync('jobs.yaml', host.real('/etc/app/link.yaml'));
    const written = await writeDocument(
      host.session,
      '/etc/app/link.yaml',
      changed() as typeof data,
      { ifVersion: version },
    );
    const text = JOBS.replace('0 3 *', '0 4 *');
    expect(host.read(PATH)).toBe(text);
    expect(written).toMatchObject({
      path: PATH,
      before: version,
      version: sha256(text),
      changed: true,
      rewritten: false,
    });
    expect(statSync(host.real(PATH)).mode & 0o7777).toBe(0o640);
  });

  it('keeps what it replaced in the backups', async () => {
    const ifVersion = sha256(JOBS);
    const { backup } = await writeDocument(host.session, PATH, data, { ifVersion });
    const { snapshots } = listBackups(host.session, PATH as HostPath);
    expect(snapshots).toMatchObject([{ run: backup, workspace: '(library)' }]);
    const options = { run: backup ?? '', path: PATH as HostPath, diff: false };
    expect((await showBackup(host.session, options)).content?.text).toBe(JOBS);
  });

  it('refuses another version, whatever the times say, and makes no backup', async () => {
    const { version } = await readDocument(host.session, PATH);
    const { atime, mtime } = statSync(host.real(PATH));
    host.write(PATH, JOBS.replace('cpu: 2', 'cpu: 3'));
    utimesSync(host.real(PATH), atime, mtime);
    const error = await refusal(writeDocument(host.session, PATH, data, { ifVersion: version }));
    expect([error.exitCode, error.diagnostics[0]?.code]).toEqual([6, 'SP2320']);
    expect(host.read(PATH)).toContain('cpu: 3');
    expect(listBackups(host.session, null).snapshots).toEqual([]);
    const absent = await refusal(writeDocument(host.session, PATH, data, { ifVersion: 'absent' }));
    expect(absent.diagnostics[0]?.code).toBe('SP2320');
  });

  it('makes a new file by the end of its name, and none where one was read', async () => {
    const absent = { ifVersion: 'absent' };
    const tricky = { on: 'off', '1': 'null', list: [], text: 'a\nb' };
    await writeDocument(host.session, '/etc/new/a.yaml', tricky, absent);
    expect((await readDocument(host.session, '/etc/new/a.yaml')).data).toEqual(tricky);
    expect(host.read('/etc/new/a.yaml')).toContain('"on": "off"');
    await writeDocument(host.session, '/etc/new/a.json', tricky, absent);
    expect(JSON.parse(host.read('/etc/new/a.json') ?? '')).toEqual(tricky);
    const ifVersion = sha256('x');
    const error = await refusal(writeDocument(host.session, '/etc/no.yaml', data, { ifVersion }));
    expect(error.diagnostics[0]?.code).toBe('SP2320');
  });

  it('writes nothing where the file holds that data already', async () => {
    const { data: same, version } = await readDocument(host.session, PATH);
    const { ino } = statSync(host.real(PATH));
    const written = await writeDocument(host.session, PATH, same, { ifVersion: version });
    expect(written).toMatchObject({ changed: false, version, backup: null });
    expect(statSync(host.real(PATH)).ino).toBe(ino);
  });

  it.each([
    [{ a: undefined }, '/a is undefined'],
    [{ a: [1, Number.NaN] }, '/a/1 is NaN'],
    [{ 'x/y': new Date(0) }, '/x~1y is no plain object'],
    [{ a: '\ud800' }, 'not well-formed'],
  ])('refuses what no document can hold (%o)', async (value, message) => {
    const ifVersion = sha256(JOBS);
    const write = writeDocument(host.session, PATH, value as never, { ifVersion });
    const error = await refusal(write);
    expect([error.exitCode, error.diagnostics[0]?.code]).toEqual([65, 'SP2322']);
    expect(error.diagnostics[0]?.message).toContain(message);
    expect(host.read(PATH)).toBe(JOBS);
  });

  it('refuses circular data instead of going round', async () => {
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    const error = await refusal(updateDocument(host.session, PATH, () => circular));
    expect(error.diagnostics[0]?.message).toContain('deeper than 64 levels');
  });

  it('refuses data that does not fit the schema, with every problem and its place', async () => {
    const schema = {
      type: 'object',
      properties: { limits: { additionalProperties: false, properties: { ram: {} } } },
      required: ['owner'],
    };
    const ifVersion = sha256(JOBS);
    const error = await refusal(writeDocument(host.session, PATH, data, { ifVersion, schema }));
    expect(error.exitCode).toBe(65);
    expect(error.diagnostics.map(({ message }) => message)).toEqual([
      `${PATH}: the document must have required property 'owner'`,
      `${PATH}: /limits must NOT have additional properties "cpu"`,
    ]);
    expect(host.read(PATH)).toBe(JOBS);
  });

  it('judges a schedule file with its schedules, and keeps its comments', async () => {
    const path = '/etc/app/schedules.yaml';
    host.write(
      path,
      'version: 1.0.0\nschedules:\n  - skill_name: a # ours\n    schedule: "0 3 * * *"\n',
    );
    const wish = (schedule: string) =>
      updateDocument(
        host.session,
        path,
        (held) => ({ ...(held as object), schedules: [{ skill_name: 'a', schedule }] }),
        { schema: 'schedule-file' },
      );
    const before = host.read(path);
    const error = await refusal(wish('61 3 * * *'));
    expect(error.exitCode).toBe(65);
    expect(error.diagnostics[0]).toMatchObject({ at: { file: path, line: 4 } });
    expect(host.read(path)).toBe(before);
    await wish('30 3 * * *');
    expect(host.read(path)).toBe(before?.replace('0 3', '30 3'));
  });

  it.each([
    [{ $ref: 'https://example.org/other' }, /leads out of it, and nothing is fetched/],
    [{ type: 'strange' }, /type/],
    ['/no/such/schema.json', /there is no such file|no such/i],
  ])('refuses a schema that is none (%o)', async (schema, message) => {
    const ifVersion = sha256(JOBS);
    const error = await refusal(writeDocument(host.session, PATH, data, { ifVersion, schema }));
    expect([error.exitCode, error.diagnostics[0]?.code]).toEqual([64, 'SP2324']);
    expect(error.diagnostics[0]?.message).toMatch(message);
  });

  it('stops a pattern of the caller that does not end, and lets the lock go', async () => {
    // About a minute without the limit.
    const text = `${'a'.repeat(32)}!`;
    const schema = { properties: { text: { pattern: '^(a+)+$' } } };
    const error = await refusal(updateDocument(host.session, PATH, () => ({ text }), { schema }));
    expect([error.exitCode, error.diagnostics[0]?.code]).toEqual([65, 'SP2232']);
    expect(host.read(PATH)).toBe(JOBS);
    const after = await updateDocument(host.session, PATH, () => ({ text: 'aa' }), { schema });
    expect(after.changed).toBe(true);
  });

  it('refuses a version that no reading gave', async () => {
    const error = await refusal(writeDocument(host.session, PATH, data, { ifVersion: 'latest' }));
    expect([error.exitCode, error.diagnostics[0]?.code]).toEqual([64, 'SP9025']);
  });

  it('does not write what it cannot back up', async () => {
    const store = `${host.session.host.stateDir}/backups`;
    mkdirSync(dirname(store), { recursive: true, mode: 0o700 });
    host.write('/var/lib/setpoint/backups', 'a file where the store should be', 0o600);
    const ifVersion = sha256(JOBS);
    const error = await refusal(writeDocument(host.session, PATH, data, { ifVersion }));
    expect([error.exitCode, error.diagnostics[0]?.code]).toEqual([1, 'SP2325']);
    expect(host.read(PATH)).toBe(JOBS);
  });

  it('refuses a path that is being written, with exit 5', async () => {
    chmodSync(host.root, 0o755);
    const { session } = host;
    const held = await session.host.pathLocks.acquire([PATH as HostPath], 0 as Millis);
    const options = { ...session.options, lockTimeout: 0 as Millis };
    const ifVersion = sha256(JOBS);
    const error = await refusal(writeDocument({ ...session, options }, PATH, data, { ifVersion }));
    held.release();
    expect([error.exitCode, error.diagnostics[0]?.code]).toEqual([5, 'SP6080']);
  });
});

describe('updateDocument', () => {
  it('lets the caller change what it gets, and waits for a promise', async () => {
    await updateDocument(host.session, PATH, async (held) => {
      await Promise.resolve();
      (held as { limits: { cpu: number } }).limits.cpu = 4;
      return held;
    });
    expect(host.read(PATH)).toBe(JOBS.replace('cpu: 2', 'cpu: 4'));
  });

  it('writes nothing when the caller throws', async () => {
    const update = updateDocument(host.session, PATH, () => {
      throw new RangeError('no');
    });
    await expect(update).rejects.toThrow(RangeError);
    expect(host.read(PATH)).toBe(JOBS);
    expect(listBackups(host.session, null).snapshots).toEqual([]);
  });

  it('loses none of many at once', async () => {
    const names = Array.from({ length: 8 }, (_, i) => `job-${String(i)}`);
    await Promise.all(
      names.map((name) =>
        updateDocument(host.session, '/etc/app/many.json', (held) => ({
          ...(held as object | null),
          [name]: { runs: 1 },
        })),
      ),
    );
    const { data: all } = await readDocument(host.session, '/etc/app/many.json');
    expect(Object.keys(all as object).toSorted()).toEqual(names);
  });
});
