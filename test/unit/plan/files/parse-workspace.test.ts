import { describe, expect, it } from 'vitest';
import { DEFAULT_RETENTION } from '../../../../src/model/backup.ts';
import type { WorkspacePath } from '../../../../src/model/brand.ts';
import { parseWorkspaceConfig } from '../../../../src/plan/files/parse-workspace.ts';

function parse(text: string): unknown {
  const result = parseWorkspaceConfig(text, 'setpoint.yaml' as WorkspacePath);
  return result.ok
    ? result.value
    : result.diagnostics.map((d) =>
        `${d.code} ${d.at?.line}:${d.at?.column} ${d.help ?? ''}`.trim(),
      );
}

describe('setpoint.yaml', () => {
  it('needs a name only', () => {
    expect(parse('name: control-plane\n')).toEqual({
      name: 'control-plane',
      hosts: [],
      cis: null,
      catalogue: null,
      stateRemote: null,
      stateBranch: null,
      signingKey: null,
      allowedSigners: null,
      gates: { within: 300_000, every: 2000, timeout: 10_000, successes: 3 },
      backups: { mirror: null, rules: DEFAULT_RETENTION },
      drift: { ignore: [] },
      windows: [],
      schedules: { warnEvery: 120_000 },
    });
  });

  it('sets hosts, state and the defaults of gates', () => {
    const text =
      'name: a\nhosts: [cp-1]\nstate: {remote: ../state.git, branch: state/cp, signingKey: /k, allowedSigners: s}\ngates: {within: 1m30s, every: 500ms, timeout: 1s, successes: 1}\n';
    expect(parse(text)).toEqual({
      name: 'a',
      hosts: ['cp-1'],
      cis: null,
      catalogue: null,
      stateRemote: '../state.git',
      stateBranch: 'state/cp',
      signingKey: '/k',
      allowedSigners: 's',
      gates: { within: 90_000, every: 500, timeout: 1000, successes: 1 },
      backups: { mirror: null, rules: DEFAULT_RETENTION },
      drift: { ignore: [] },
      windows: [],
      schedules: { warnEvery: 120_000 },
    });
  });

  it.each([
    ['1m', 60_000],
    ['90s', 90_000],
    ['24h', 86_400_000],
    ['59s', 'SP2285 1:34 a distance of "59s" is too short'],
    ['24h1s', 'SP2285 1:34 a distance of "24h1s" is too long'],
  ])('takes schedules.warnEvery %s as %s', (text, told) => {
    const parsed = parseWorkspaceConfig(
      `{name: a, schedules: {warnEvery: ${text}}}\n`,
      'setpoint.yaml' as WorkspacePath,
    );
    const [problem] = parsed.ok ? [] : parsed.diagnostics;
    const said = `${problem?.code} ${problem?.at?.line}:${problem?.at?.column} ${problem?.message}`;
    expect(parsed.ok ? parsed.value.schedules.warnEvery : said).toBe(told);
  });

  it('has a signing key by its absolute path: relative to what would be anybody’s guess', () => {
    expect(parse('name: a\nstate: {signingKey: keys/state}\n')).toEqual([
      expect.stringMatching(/^SP1\d+ 2:21/),
    ]);
  });

  it('sets how long backups are kept and where they are copied to', () => {
    const text =
      'name: a\nbackups: {keepLast: 3, keepWithin: 48h, daily: 7, mirror: /mnt/backup}\n';
    expect(parse(text)).toMatchObject({
      backups: {
        mirror: '/mnt/backup',
        rules: { keepLast: 3, keepWithin: 172_800_000, hourly: 0, daily: 7, weekly: 0, monthly: 0 },
      },
    });
    expect(parse('name: a\nbackups: {keepLast: 0, daily: -1, mirror: --upload-pack=x}\n')).toEqual([
      'SP1205 2:21',
      'SP1205 2:31',
      'SP1205 2:43',
    ]);
  });

  it('sets what is no drift, each rule with its place', () => {
    const text =
      'name: a\ndrift:\n  ignore:\n    - {path: /etc/*.yaml, item: --v, reason: debugging, until: 2028-02-29}\n    - {path: /etc/app/**, reason: theirs}\n';
    expect(parse(text)).toMatchObject({
      drift: {
        ignore: [
          {
            path: '/etc/*.yaml',
            item: '--v',
            reason: 'debugging',
            until: '2028-02-29',
            at: { line: 4, column: 7 },
          },
          {
            path: '/etc/app/**',
            item: null,
            reason: 'theirs',
            until: null,
            at: { line: 5, column: 7 },
          },
        ],
      },
    });
  });

  it.each([
    ['without a reason', 'path: /a', 'SP1202 2:18'],
    ['with an empty reason', 'path: /a, reason: ""', 'SP1211 2:37'],
    ['with a relative path', 'path: a, reason: x', 'SP1215 2:25'],
    ['with a glob that is not closed', 'path: "/a[b", reason: x', 'SP1215 2:25'],
    ['with something else than a date', 'path: /a, reason: x, until: tomorrow', 'SP1216 2:47'],
    ['with a day that is none', 'path: /a, reason: x, until: 2027-02-29', 'SP1216 2:47'],
    ['with a month that is none', 'path: /a, reason: x, until: 2027-13-01', 'SP1216 2:47'],
    ['with an unknown key', 'path: /a, reason: x, untill: 2027-01-01', 'SP1203 2:40'],
  ])('refuses a rule %s', (_title, rule, expected) => {
    const problems = parse(`name: a\ndrift: {ignore: [{${rule}}]}\n`) as readonly string[];
    expect(problems.map((problem) => problem.split(' ').slice(0, 2).join(' '))).toEqual([expected]);
  });

  it('reports every problem with its place', () => {
    const text =
      'nmae: a\nstate: {remote: --upload-pack=x, branch: "a..b"}\ngates: {within: 0s, evry: 1s, successes: 0}\n';
    expect(parse(text)).toEqual([
      'SP1202 1:1',
      'SP1203 1:1 did you mean "name"?',
      'SP1205 2:17',
      'SP1205 2:42',
      'SP1207 3:17',
      'SP1203 3:21 did you mean "every"?',
      'SP1208 3:42',
    ]);
  });

  it('knows nothing of later versions yet', () => {
    expect(parse('name: a\nretention: 10\n')).toEqual([
      'SP1203 2:1 known here: name, hosts, cis, catalogue, state, gates, backups, drift, windows, schedules',
    ]);
    expect(parse('')).toEqual(['SP1008 1:1']);
  });
});
