import { describe, expect, it } from 'vitest';
import type { WorkspacePath } from '../../../../src/model/brand.ts';
import { parseWorkspaceConfig } from '../../../../src/plan/files/parse-workspace.ts';

const GOOD = {
  name: 'nightly',
  allow: '"0 22 * * 1-5"',
  for: '6h',
  zone: 'Europe/Berlin',
  plans: '["*"]',
};
type Keys = Readonly<Record<string, string | undefined>>;

function text(...windows: readonly Keys[]): string {
  const lines = windows.map((keys) => {
    const members = Object.entries({ ...GOOD, ...keys }).flatMap(([key, value]) =>
      value === undefined ? [] : `${key}: ${value}`,
    );
    return `  - {${members.join(', ')}}`;
  });
  return `name: a\nwindows:\n${lines.join('\n')}\n`;
}

/** `SP1411 3:28 message`; warnings likewise. */
function problems(source: string): readonly string[] {
  const result = parseWorkspaceConfig(source, 'setpoint.yaml' as WorkspacePath);
  const found = result.ok ? (result.warnings ?? []) : result.diagnostics;
  return found.map(({ code, at, message }) => `${code} ${at?.line}:${at?.column} ${message}`);
}

it('reads windows', () => {
  const result = parseWorkspaceConfig(
    text({ reason: 'quiet hours' }),
    'setpoint.yaml' as WorkspacePath,
  );
  expect(result).toMatchObject({
    ok: true,
    value: {
      windows: [
        {
          name: 'nightly',
          rule: 'allow',
          schedule: '0 22 * * 1-5',
          for: 21_600_000,
          zone: 'Europe/Berlin',
          plans: ['*'],
          reason: 'quiet hours',
        },
      ],
    },
  });
});

describe('what is wrong is told with its place', () => {
  const rows: readonly [string, readonly Keys[], readonly string[]][] = [
    ['neither', [{ allow: undefined }], ['SP1410 3:12 this window has neither "allow" nor "deny"']],
    ['both', [{ deny: '"@daily"' }], ['SP1410 3:94 this window has both "allow" and "deny"']],
    [
      'a part of the schedule, by its column',
      [{ allow: '"0 22 * * 1-7"' }],
      ['SP1411 3:38 1-7 is out of range: the day of week goes from 0 to 6'],
    ],
    [
      'all its parts',
      [{ allow: "'60 24 * * *'" }],
      [
        'SP1411 3:29 60 is out of range: the minute goes from 0 to 59',
        'SP1411 3:32 24 is out of range: the hour goes from 0 to 23',
      ],
    ],
    ['a distance', [{ allow: '"@every 1h"' }], ['SP1411 3:28 "@every 1h" has no place in a day']],
    [
      'no zone of that name',
      [{ zone: 'Europe/Bonn' }],
      ['SP1412 3:59 there is no time zone "Europe/Bonn"'],
    ],
    ['an offset', [{ zone: '"+02:00"' }], ['SP1412 3:59 there is no time zone "+02:00"']],
    ['too short', [{ for: '59s' }], ['SP1413 3:49 a window of "59s" is too short']],
    ['too long', [{ for: '8785h' }], ['SP1413 3:49 a window of "8785h" is too long']],
    [
      'never',
      [{ allow: '"0 0 30 2 *"' }],
      ['SP1414 3:28 no date fits "0 0 30 2 *": this window never begins'],
    ],
    [
      'a bracket that stays open',
      [{ plans: '["a["]' }],
      [
        'SP1415 3:82 this pattern is not valid: missing closing: "]" - use "\\\\]" to match literal characters',
      ],
    ],
    [
      'a path',
      [{ plans: '["/etc/*"]' }],
      ['SP1415 3:82 this pattern is not valid: it begins with /'],
    ],
    ['a name twice', [{}, {}], ['SP1416 4:12 there is a window "nightly" already']],
  ];
  it.each(rows)('%s', (_, windows, expected) => {
    expect(problems(text(...windows))).toEqual(expected);
  });
});

it('more windows than setpoint.yaml may have are one problem', () => {
  const many = Array.from({ length: 101 }, (_, at) => ({ name: `w${String(at)}` }));
  expect(problems(text(...many))).toEqual([
    'SP1205 3:3 "windows" has 101 entries, more than the 100 that it can have',
  ]);
});
