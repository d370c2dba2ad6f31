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
