import { expect, it } from 'vitest';
import type { HostPath, RealPath } from '../../../../src/model/brand.ts';
import type { ObservedContent, ObservedFile } from '../../../../src/model/file-image.ts';
import { ledElsewhere, ledFrom } from '../../../../src/plan/difference/led-elsewhere.ts';

const [NAME, WAS, NOW] = ['/etc/current', '/etc/one', '/etc/two'] as HostPath[] as [
  HostPath,
  HostPath,
  HostPath,
];

function observed(path: HostPath, content: ObservedContent = { kind: 'absent' }) {
  const file: ObservedFile = {
    declared: NAME,
    path,
    realPath: path as string as RealPath,
    linkText: null,
    content,
  };
  return new Map([[NAME, file]]);
}

it('a name that leads to another file than the recorded one is told with both', () => {
  expect(ledFrom(NAME, WAS, observed(NOW))).toEqual({ name: NAME, was: WAS, now: NOW });
  expect(ledFrom(NAME, WAS, observed(WAS))).toBeNull();
});

it('a link that may not be followed leads nowhere else: its path is only as it is written', () => {
  const unreadable = { kind: 'refused', code: 'not-readable', reason: 'no permission' } as const;
  expect(ledFrom(NAME, WAS, observed(NAME, unreadable))).toBeNull();
  expect(ledElsewhere({ path: WAS, declared: NAME }, observed(NAME, unreadable))).toBeNull();
});

it('what was not looked at is not judged', () => {
  expect(ledFrom(NAME, WAS, new Map())).toBeNull();
});
