import { expect, test } from 'vitest';
import { ownPlace } from '../../../src/host/own-place.ts';
import type { HostPath, RealPath } from '../../../src/model/brand.ts';

const STATE = '/var/lib/setpoint' as RealPath;

function refused(realPath: string): readonly string[] {
  const place = { path: '/etc/link' as HostPath, realPath: realPath as RealPath };
  return ownPlace(place, STATE).map(({ message }) => message);
}

test.each([
  ['/var/lib/setpoint', STATE],
  ['/var/lib/setpoint/state.git/HEAD', STATE],
  ['/etc/app/.setpoint-stage', '/etc/app/.setpoint-stage'],
  ['/etc/app/.setpoint-stage-x/y/z', '/etc/app/.setpoint-stage-x'],
])('%s is a place of setpoint itself, and the refusal names what it is in', (place, named) => {
  const [message] = refused(place);
  expect(message).toContain('/etc/link must not be written: it is in ');
  expect(message).toContain(named);
});

test.each(['/var/lib/setpoint2/a', '/var/lib/set', '/etc/.setpoint-stages/a', '/etc/a/setpoint'])(
  '%s is not',
  (place) => {
    expect(refused(place)).toEqual([]);
  },
);
