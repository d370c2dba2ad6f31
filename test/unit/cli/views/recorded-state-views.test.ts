import { expect, it } from 'vitest';
import {
  stateExchangeView,
  stateListView,
  stateShowView,
  stateVerifyView,
} from '../../../../src/cli/views/state-view.ts';
import type {
  StateExchangeResult,
  StateListResult,
  StateShowResult,
  StateVerifyResult,
} from '../../../../src/operations/results.ts';

const OPTIONS = { color: false, width: Number.POSITIVE_INFINITY, verbose: false };
const HEAD = 'c0ffee'.padEnd(40, '0');
const RUN = '01K2Y3RUN0000000000000000A';
const STATE = { sha256: 'ab'.repeat(32), size: 10, mode: 0o600, uid: 0, gid: 0 };

const LISTED = {
  host: 'cp-1',
  hostId: 'id',
  warnings: [],
  head: HEAD,
  files: [
    {
      path: '/etc/app/a\u001b.conf',
      kind: 'file',
      items: 1,
      owners: [{ workspace: 'platform', plan: 'app' }],
      lastRun: RUN,
      state: STATE,
    },
  ],
} as unknown as StateListResult;

const SHOWN = {
  host: 'cp-1',
  head: HEAD,
  file: {
    path: '/etc/app/app.conf',
    kind: 'file',
    record: 'full',
    state: STATE,
    lastRun: RUN,
    original: { state: null, pristine: true },
    items: { a: { label: 'content', applied: 'x', owner: { plan: 'app', resource: 'conf' } } },
  },
  plans: [{ plan: 'app', workspace: 'platform', commit: null, run: RUN }],
  copies: { verified: true, original: false },
} as unknown as StateShowResult;

const EXCHANGED = {
  host: 'cp-1',
  remote: 'file:///srv/s.git',
  branch: 'setpoint/cp-1',
  did: 'nothing',
  head: HEAD,
  files: 2,
  pushed: 3,
  recovered: [],
  problems: [],
  exitCode: 0,
} as unknown as StateExchangeResult;

const VERIFIED = {
  host: 'cp-1',
  head: HEAD,
  files: 2,
  signatures: { signed: 0, unsigned: 3, checked: false },
  remote: { remote: 'file:///srv/s.git', branch: 'setpoint/cp-1', head: HEAD, relation: 'same' },
  problems: [],
  exitCode: 0,
} as unknown as StateVerifyResult;

it('the list has one line a file, and nothing in it can move the cursor', () => {
  const text = stateListView(LISTED, OPTIONS);
  expect(text).not.toContain('\u001b');
  expect(text).toMatch(/file +1 +app +01K2Y3RUN/);
  expect(text).toMatch(/1 managed file on cp-1, recorded at c0ffee\d+\.$/);
  expect(stateListView({ ...LISTED, head: null, files: [] }, OPTIONS)).toBe(
    'Nothing is recorded on cp-1.',
  );
});

it('one file is shown with its last state, what was before, its items and their plans', () => {
  const text = stateShowView(SHOWN, OPTIONS);
  expect(text).toContain('last verified  0600 0:0 10 bytes');
  expect(text).toContain('before         absent, gone when it is released');
  expect(text).toMatch(/content {2}x {2}app\/conf/);
  expect(text).toContain('workspace platform  no commit');
});

it.each([
  ['nothing', 'Nothing to do: setpoint/cp-1 at file:///srv/s.git has nothing else.'],
  ['pushed', 'Pushed 3 commits to setpoint/cp-1 at file:///srv/s.git.'],
  ['pulled', 'Recorded now as at the remote: 2 managed files at c0ffee000000. Next: setpoint plan'],
  ['joined', 'Both histories are joined: 2 managed files at c0ffee000000. Next: setpoint plan'],
] as const)('an exchange says what it did: %s', (did, words) => {
  expect(stateExchangeView({ ...EXCHANGED, did }, OPTIONS)).toBe(words);
});

it('an exchange that first had to settle a run says that it did nothing else', () => {
  const recovered = [{}] as unknown as StateExchangeResult['recovered'];
  expect(stateExchangeView({ ...EXCHANGED, recovered }, OPTIONS)).toContain('did nothing else');
});

it('verify says how the record stands to the remote', () => {
  expect(stateVerifyView(VERIFIED, OPTIONS)).toBe(
    'All well: 2 managed files at c0ffee000000, the same as at file:///srv/s.git.',
  );
  expect(stateVerifyView({ ...VERIFIED, remote: null }, OPTIONS)).toBe(
    'All well: 2 managed files at c0ffee000000.',
  );
  const signatures = { signed: 1, unsigned: 2, checked: false };
  expect(stateVerifyView({ ...VERIFIED, signatures, remote: null }, OPTIONS)).toBe(
    'All well: 2 managed files at c0ffee000000, 1 commit signed, 2 not (not checked: state.allowedSigners).',
  );
  const problems = [{ code: 'SP5085', severity: 'error', message: 'x' }] as const;
  expect(stateVerifyView({ ...VERIFIED, problems }, OPTIONS)).toMatch(/^1 problem: /);
});
