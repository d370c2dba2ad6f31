import { expect, it } from 'vitest';
import type { HostPath, RealPath } from '../../../../src/model/brand.ts';
import type { ObservedContent, ObservedFile } from '../../../../src/model/file-image.ts';
import type { ResolvedPlan } from '../../../../src/model/plan-file.ts';
import type { Look } from '../../../../src/operations/planning/ground.ts';
import { newCrontabs } from '../../../../src/operations/planning/new-crontabs.ts';

const PATH = '/var/spool/cron/crontabs/ops' as HostPath;
const RESOLVED = '/srv/cron/crontabs/ops' as HostPath;
const PASSWD = 'root:x:0:0::/:/bin/sh\nbad:x::1::/:\nops:x:1000:100::/:/bin/sh\n';
const GROUP = 'users:x:100:\ncrontab:x:106:\n';

function seen(path: HostPath, text: string | undefined): ObservedFile {
  const none = { sha256: '' as never, size: 0, mode: 0o644, uid: 0, gid: 0 };
  const content: ObservedContent =
    text === undefined
      ? { kind: 'absent' }
      : { kind: 'file', bytes: Buffer.from(text), state: none, dev: 0, ino: 0 };
  return { declared: path, path, realPath: path as string as RealPath, linkText: null, content };
}

interface Case {
  readonly files?: Readonly<Record<string, string>>;
  readonly uid?: number;
  readonly present?: string;
  readonly from?: { readonly record: null };
}

async function made({ files, uid = 0, present, from }: Case): Promise<unknown> {
  const texts = files ?? { '/etc/passwd': PASSWD, '/etc/group': GROUP };
  const observe: Look['observe'] = (path) => Promise.resolve(seen(path, texts[path]));
  const spec = { kind: 'crontab', path: PATH, owner: 'ops', jobs: {}, environment: {} };
  const plans = [{ resources: [{ spec }] }] as unknown as readonly ResolvedPlan[];
  const observed = new Map([[PATH, { ...seen(PATH, present), path: RESOLVED }]]);
  const session = {
    host: { newOwner: { uid, gid: uid } },
    ...(from === undefined ? {} : { from }),
  };
  const found = await newCrontabs(session as never, { look: { observe } as Look, plans }, observed);
  return Object.fromEntries(found);
}

it('gives the first crontab of a user to them and the group crontab, mode 0600', async () => {
  expect(await made({})).toEqual({ [RESOLVED]: { uid: 1000, gid: 106, mode: 0o600 } });
});

it('says nothing of one that is there', async () => {
  expect(await made({ present: '' })).toEqual({});
});

it.each<[string, Case]>([
  ['another user than root', { uid: 1000 }],
  ['a host without accounts', { files: {} }],
  [
    'a user that /etc/passwd does not name',
    { files: { '/etc/passwd': 'ops', '/etc/group': GROUP } },
  ],
  [
    'a host without the group crontab',
    { files: { '/etc/passwd': PASSWD, '/etc/group': 'a:x:1:\n' } },
  ],
])('cannot say whose it is to be for %s', async (_what, given) => {
  expect(await made(given)).toEqual({});
});

it('does not depend on accounts where only a record is looked at', async () => {
  const given = { uid: 1000, files: {}, from: { record: null } };
  expect(await made(given)).toEqual({ [RESOLVED]: { uid: 1000, gid: 1000, mode: 0o600 } });
});
