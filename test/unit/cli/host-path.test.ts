import { expect, it } from 'vitest';
import { hostPath } from '../../../src/cli/host-path.ts';

it('is normalised', () => {
  expect(hostPath('/etc//app/../a.conf')).toBe('/etc/a.conf');
  expect(hostPath('/etc/\u{1f600}')).toBe('/etc/\u{1f600}');
});

it.each([
  ['a.conf', 'a.conf: not an absolute path'],
  ['/etc/\ud800', '"/etc/\\ud800": not well-formed Unicode'],
])('%j is refused as a usage error', (text, message) => {
  expect(() => hostPath(text)).toThrow(message);
});
