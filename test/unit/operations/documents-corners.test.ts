import {
  chmodSync,
  linkSync,
  lutimesSync,
  readdirSync,
  readFileSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { PATH_LOCKS } from '../../../src/host/lock-file.ts';
import { pathLocks } from '../../../src/host/path-locks.ts';
import type { Clock } from '../../../src/host/ports.ts';
import * as library from '../../../src/index.ts';
import type { HostPath, Millis, RealPath } from '../../../src/model/brand.ts';
import { listBackups } from '../../../src/operations/backups/read-backups.ts';
import { readDocument } from '../../../src/operations/read-document.ts';
import { updateDocument } from '../../../src/operations/update-document.ts';
import { writeDocument } from '../../../src/operations/write-document.ts';
import { mount, mountProblem, withoutRoot } from '../host/privileges.ts';
import { libraryHost, refusal, type LibraryHost } from './library-session.ts';

const PATH = '/etc/app/jobs.yaml';
const TEXT = 'a: 1 # one\n';

let host: LibraryHost;
beforeEach(async () => {
  host = await libraryHost();
  host.write(PATH, TEXT);
});

/** Exit code and codes of a refused change of `path` to `{a: 2}`. */
async function refused(path: string, change: () => unknown = () => ({ a: 2 })) {
  const { exitCode, diagnostics } = await refusal(updateDocument(host.session, path, change));
  return [exitCode, ...diagnostics.map(({ code }) => code)];
}

describe('a document write', () => {
  it('waits five seconds for the lock where nobody says otherwise, and then names the path', async () => {
    const { host: world, options } = await library.openSession({
      root: host.root,
      host: 'cp-1',
      cwd: '/',
      env: {},
      actor: 'tester',
    });
    let time = 0;
    const clock: Clock = {
      now: () => new Date(time),
      monotonic: () => time,
      sleep: (millis) => {
        time += millis;
        return Promise.resolve();
      },
    };
    const file = join(world.stateDir, PATH_LOCKS) as RealPath;
    const waiting = {
      ...host.session,
      options,
      host: { ...world, clock, pathLocks: pathLocks(file, clock) },
    };
    const held = await host.session.host.pathLocks.acquire([PATH as HostPath], 0 as Millis);
    const error = await refusal(updateDocument(waiting, PATH, () => ({ a: 2 })));
    held.release();
    expect([error.exitCode, error.diagnostics[0]?.code]).toEqual([5, 'SP6080']);
    expect(error.diagnostics[0]?.message).toContain(PATH);
    expect(time).toBeGreaterThanOrEqual(5000);
    expect(time).toBeLessThan(5500);
    expect(host.read(PATH)).toBe(TEXT);
  });

  it('goes by the content alone: a touched file is the version that was read', async () => {
    const { version } = await readDocument(host.session, PATH);
    lutimesSync(host.real(PATH), 1_000_000_000, 2_000_000_000);
    const written = await writeDocument(host.session, PATH, { a: 2 }, { ifVersion: version });
    expect([written.changed, host.read(PATH)]).toEqual([true, 'a: 2 # one\n']);
  });

  it('that lost is told so while somebody else holds the lock', async () => {
    const { version } = await readDocument(host.session, PATH);
    host.write(PATH, 'a: 3\n');
    const held = await host.session.host.pathLocks.acquire([PATH as HostPath], 0 as Millis);
    const write = writeDocument(host.session, PATH, { a: 2 }, { ifVersion: version });
    const { diagnostics } = await refusal(write);
    held.release();
    expect(diagnostics[0]?.code).toBe('SP2320');
  });

  it('does not write over who takes no lock', async () => {
    const theirs = 'a: 9 # theirs\n';
    const change = (): unknown => {
      writeFileSync(host.real(PATH), theirs);
      return { a: 2 };
    };
    expect(await refused(PATH, change)).toEqual([6, 'SP4263']);
    expect(host.files()).toEqual({ [PATH]: theirs });
  });

  it('replaces a read-only file and leaves it one', async () => {
    chmodSync(host.real(PATH), 0o444);
    await updateDocument(host.session, PATH, () => ({ a: 2 }));
    expect([host.read(PATH), statSync(host.real(PATH)).mode & 0o777]).toEqual([
      'a: 2 # one\n',
      0o444,
    ]);
  });

  it('refuses a directory, and a file that has another name, too', async () => {
    expect(await refused('/etc/app')).toEqual([1, 'SP4262']);
    linkSync(host.real(PATH), host.real('/etc/app/second.yaml'));
    const [exitCode, code] = await refused(PATH);
    expect([exitCode, code]).toEqual([1, 'SP4262']);
    expect(host.files()).toEqual({ [PATH]: TEXT, '/etc/app/second.yaml': TEXT });
  });

  it('tells what it may not read', async () => {
    chmodSync(host.root, 0o755);
    host.write('/etc/app/secret.yaml', 'a: 1\n', 0o600);
    await withoutRoot(async () => {
      denyOwner(host.real('/etc/app/secret.yaml'));
      const error = await refusal(readDocument(host.session, '/etc/app/secret.yaml'));
      expect([error.exitCode, error.diagnostics[0]?.code]).toEqual([1, 'SP2329']);
    });
  });

  it('refuses what is larger than any document', async () => {
    const large = { text: 'x'.repeat(8 * 1024 * 1024) };
    expect(await refused('/etc/app/new.json', () => large)).toEqual([65, 'SP2201']);
    expect(host.files()).toEqual({ [PATH]: TEXT });
  });

  it.skipIf(mountProblem !== null)('has no half of it on a full disk, and no backup', async () => {
    mount('-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', host.real('/etc/app'));
    host.write(PATH, TEXT);
    const { bavail, bsize } = statfsSync(host.real('/etc/app'));
    writeFileSync(host.real('/etc/app/filler'), Buffer.alloc(bavail * bsize));
    expect(await refused(PATH, () => ({ a: 'x'.repeat(8192) }))).toEqual([1, 'SP6010']);
    expect(readFileSync(host.real(PATH), 'utf8')).toBe(TEXT);
    expect(readdirSync(host.real('/etc/app')).toSorted()).toEqual(['filler', 'jobs.yaml']);
    expect(listBackups(host.session, null).snapshots).toEqual([]);
  });
});

/** For a user who is not root: he owns the file. */
function denyOwner(path: string): void {
  if (process.getuid?.() !== 0) chmodSync(path, 0);
}
