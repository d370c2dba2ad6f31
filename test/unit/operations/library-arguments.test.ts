import { beforeEach, expect, test } from 'vitest';
import * as library from '../../../src/index.ts';
import { libraryHost, refusal, type LibraryHost } from './library-session.ts';

let host: LibraryHost;
beforeEach(async () => {
  host = await libraryHost();
  host.write('/etc/app/a.conf', 'a\n');
});

const CALLS = new Map<string, unknown>(Object.entries(library));

/** As a program without types calls it. */
async function called(name: string, ...given: readonly unknown[]): Promise<unknown> {
  return await (CALLS.get(name) as (...values: readonly unknown[]) => unknown)(...given);
}

test.each<[unknown, RegExp]>([
  [{ foo: 1 }, /change 1: it names no path: give create, replace, delete or move/],
  [null, /change 1: it is null, not an object/],
  [{ replace: '/etc/app/a.conf' }, /change 1: content must be .* not undefined/],
  [{ create: '/etc/app/b', content: 5 }, /change 1: content must be .* not 5/],
  [{ move: '/etc/app/a.conf' }, /change 1: to must be the path/],
  [{ delete: '/etc/app/a.conf', expected: 5 }, /change 1: expected must be/],
  [{ create: '/etc/app/b', content: '', mode: '0644' }, /change 1: mode must be a number/],
  [
    { replace: '/etc/app/a.conf', content: '', delete: '/etc/app/a.conf' },
    /change 1: it has replace and delete: make each/,
  ],
  [{ replace: '/etc/b', move: '/etc/app/a.conf', to: '/c' }, /change 1: it has replace and move/],
  [
    { replace: '/etc/app/a.conf', content: '', expect: 'x' },
    /change 1: replace takes no "expect"; did you mean "expected"\?/,
  ],
  [{ delete: '/etc/app/a.conf', content: '' }, /change 1: delete takes no "content"/],
  [{ create: '/etc/app/b', content: '', expected: 'x' }, /change 1: create takes no "expected"/],
  [{ move: '/etc/app/a.conf', to: '/etc/b', replace: 1 }, /change 1: replace must be true or/],
  [{ create: '/etc/app/b', content: 'x\ud800' }, /change 1: content is not well-formed Unicode/],
  [{ create: '/etc/app/s\ud800', content: '' }, /"\/etc\/app\/s\\ud800" is not well-formed/],
  [{ move: '/etc/app/a.conf', to: '/etc/app/\udc00' }, /"\/etc\/app\/\\udc00" is not well-formed/],
])('a change that is none (%j) is refused with its place in the list', async (change, message) => {
  const changes = [{ create: '/etc/app/c', content: '' }, change];
  const { exitCode, diagnostics } = await refusal(called('transaction', host.session, changes));
  expect([exitCode, diagnostics[0]?.code]).toEqual([64, 'SP4264']);
  expect(diagnostics[0]?.message).toMatch(message);
  expect(diagnostics[0]?.help).toContain('call again');
  expect(host.files()).toEqual({ '/etc/app/a.conf': 'a\n' });
});

const isCall = (value: unknown): boolean => typeof value === 'function' && !('prototype' in value);

test.each([...CALLS].filter(([, value]) => isCall(value)).map(([name]) => name))(
  '%s says in a SetpointError which argument is missing',
  async (name) => {
    const { exitCode, diagnostics } = await refusal(called(name));
    expect([exitCode, diagnostics[0]?.code]).toEqual([64, 'SP9013']);
    expect(diagnostics[0]?.message).toMatch(new RegExp(`^${name}: \\w+ must be an? .* not undef`));
  },
);

test('what is undefined is left out, whichever change it belongs to', async () => {
  const change = { create: undefined, replace: '/etc/app/a.conf', content: 'b\n', mode: undefined };
  await called('transaction', host.session, [change]);
  expect(host.read('/etc/app/a.conf')).toBe('b\n');
});

/** Every object of options that a function of the library takes, with its place among the arguments. */
const OPTIONS: readonly (readonly [call: string, before: readonly unknown[], name: string])[] = [
  ['openSession', [], 'options'],
  ['validateWorkspace', [{}], 'options'],
  ['planChanges', [{}], 'options'],
  ['applyChanges', [{}], 'options'],
  ['recoverRuns', [{}], 'request'],
  ['restoreBackup', [{}], 'options'],
  ['pruneBackups', [{}], 'options'],
  ['showBackup', [{}], 'options'],
  ['detectDrift', [{}], 'options'],
  ['readStatus', [{}], 'options'],
  ['setManifestFlags', [{}, '/etc/m.yaml', {}], 'options'],
];

test.each(OPTIONS)('%s refuses an option that it does not have', async (name, before, options) => {
  const { exitCode, diagnostics } = await refusal(called(name, ...before, { containr: 'x' }));
  expect([exitCode, diagnostics[0]?.code]).toEqual([64, 'SP9013']);
  const messages = diagnostics.map(({ message }) => message);
  expect(messages).toContainEqual(expect.stringContaining(`${name}: ${options} has no "containr"`));
});

test('what to apply and what history shows is one of two, and a choice is one that recover has', async () => {
  const source = { set: {}, plans: [], vars: {} };
  const apply = await refusal(called('applyChanges', host.session, { source }));
  expect(apply.message).toContain('options.source must be an object with set, or with plans and');
  const only = { plan: 'a', path: '/etc/a' };
  const filtered = await refusal(called('readHistory', host.session, 1, only));
  expect(filtered.message).toContain('only must be an object with plan or with path');
  for (const choice of [
    { choice: 'take-all', reason: null },
    { choice: 'take-old', reasn: 'x' },
  ]) {
    const request = { runs: [], choice, dryRun: true, listener: () => undefined };
    const { diagnostics } = await refusal(called('recoverRuns', host.session, request));
    expect(diagnostics.map(({ message }) => message)).toEqual([
      expect.stringContaining('request.choice must be null or an object with choice'),
    ]);
  }
});

test('a flag is declared in one way, with the words there are for it', async () => {
  const wishes: readonly [object, string][] = [
    [{ includ: ['x'] }, 'flags.v has no "includ"; did you mean "include"?'],
    [{ entries: {}, include: ['x'] }, 'flags.v has no "include"'],
    [{ include: 'x' }, 'flags.v.include must be an array of strings'],
  ];
  for (const [v, message] of wishes) {
    const error = await refusal(called('setManifestFlags', host.session, '/etc/m.yaml', { v }));
    expect(error.message).toContain(message);
  }
});

const edit = (): Buffer => Buffer.from('x');

test('a text that is not well-formed Unicode is refused: on the disk it would be another name', async () => {
  const { diagnostics } = await refusal(called('updateFile', host.session, '/etc/\ud800', edit));
  expect(diagnostics[0]?.message).toContain('path is not well-formed Unicode: "/etc/\\ud800"');
  await called('updateFile', host.session, '/etc/app/\ud83d\ude00', edit);
  expect(host.files()).toEqual({ '/etc/app/a.conf': 'a\n', '/etc/app/\u{1f600}': 'x' });
});

test('each argument that is wrong is told, and so is what an edit returns', async () => {
  const { diagnostics } = await refusal(called('updateFile', host.session, 5, 'x'));
  expect(diagnostics.map(({ message }) => message)).toEqual([
    'updateFile: path must be a string, not 5',
    'updateFile: edit must be a function, not "x"',
  ]);
  const returned = await refusal(called('updateFile', host.session, '/etc/app/a.conf', () => 'x'));
  expect(returned.message).toContain('edit must return a Uint8Array or null, not "x"');
  expect(host.read('/etc/app/a.conf')).toBe('a\n');
  const flag = await refusal(called('setManifestFlags', host.session, '/etc/m.yaml', { v: 5 }));
  expect(flag.message).toContain('flags.v must be an object, not 5');
});
