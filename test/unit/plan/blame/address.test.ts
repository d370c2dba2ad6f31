import { expect, test } from 'vitest';
import type {
  HostPath,
  ItemKey,
  PlanName,
  ResourceId,
  WorkspaceName,
} from '../../../../src/model/brand.ts';
import { recordText } from '../../../../src/git/record/serialise.ts';
import {
  addressPattern,
  addressReadings,
  isAddressed,
} from '../../../../src/plan/blame/address.ts';
import { nameablePlaces } from '../../../../src/plan/blame/nameable.ts';
import { managed } from '../../git/state-samples.ts';

const PATH = '/etc/a.yaml' as HostPath;

function owned(label: string, plan = 'audit', resource = 'api') {
  const owner = {
    workspace: 'w' as WorkspaceName,
    plan: plan as PlanName,
    resource: resource as ResourceId,
  };
  return { label, owner };
}

function names(text: string, label: string, key = 'k', path: string = PATH): boolean {
  return addressReadings(text).some((reading) =>
    isAddressed(reading, path as HostPath, key as ItemKey, owned(label)),
  );
}

test.each([
  ['/etc/a.yaml', '--x', true],
  ['/etc//b/../a.yaml', '--x', true],
  ['/etc/a.yam', '--x', false],
  ['/etc/a.yaml#x', '--x', true],
  ['/etc/a.yaml#--x', '--x', true],
  ['/etc/a.yaml#x', '--xy', false],
  ['/etc/a.yaml#log_level', '--log-level', true],
  ['/etc/a.yaml#gates', '--gates[A]', true],
  ['/etc/a.yaml#gates[A]', '--gates[A]', true],
  ['/etc/a.yaml#gates[a]', '--gates[A]', false],
  ['/etc/a.yaml#gates[A_B]', '--gates[A-B]', false],
  ['/etc/a.yaml#mode', 'mode', true],
  ['audit', '--x', true],
  ['audit/api', '--x', true],
  ['audit/other', '--x', false],
  ['audit/api/x', '--x', true],
  ['audit/api/gates[a/b]', '--gates[a/b]', true],
  ['aud', '--x', false],
])('%s of %s: %s', (text, label, is) => {
  expect(names(text, label)).toBe(is);
});

test('an item can be named by its key, which tells containers apart', () => {
  expect(names('audit/api/flags/etcd/x', '--x', 'flags/etcd/x')).toBe(true);
  expect(names('audit/api/flags/etcd/x', '--x', 'flags/sidecar/x')).toBe(false);
});

test('a path may hold the sign that parts file and item', () => {
  expect(names('/etc/#1.conf', 'content', 'content', '/etc/#1.conf')).toBe(true);
  expect(names('/etc/#1.conf#mode', 'mode', 'mode', '/etc/#1.conf')).toBe(true);
  expect(names('/etc/#1.conf#mode', 'content', 'content', '/etc/#1.conf')).toBe(false);
});

test.each([
  ['/etc/a.yaml#log_level', 1],
  ['/etc/a.yaml#gates', 2],
  ['/etc/a.yaml#gates[A.B]', 1],
  ['audit', 4],
  ['audit/api', 3],
  ['audit/api/gates', 2],
  ['audit/api/log-level', 1],
  ['audit/other/gates', 0],
  ['audi', 0],
  ['/etc/a.yaml#flags/c/log-level', 1],
])('the pattern of %s finds as many items in a record as it means: %d', (text, count) => {
  const labels = ['--log-level', '--gates[A.B]', '--gates[AxB]', '--v'];
  const items = labels.map((label, i) => {
    const resource = label === '--v' ? 'kubelet' : 'api';
    const key = label === '--log-level' ? 'flags/c/log-level' : `flags/c/${i}`;
    const rest = { before: { label: 'x' }, applied: 'v', run: 'R' as never, sequence: i };
    return [key, { ...owned(label, 'audit', resource), ...rest }];
  });
  const record = { ...managed(PATH), items: Object.fromEntries(items) };
  const pattern = addressPattern(addressReadings(text).at(-1)!);
  expect(recordText(record).match(new RegExp(pattern!, 'g'))?.length ?? 0).toBe(count);
});

test('places are suggested in the notation that was used', () => {
  const file = { ...managed(PATH), items: { k: { ...owned('--x'), before: {} } } } as never;
  const like = (text: string) => [...nameablePlaces([file], text)];
  expect(like('/etc/b.yaml')).toEqual([PATH]);
  expect(like('/etc/a.yaml#y')).toEqual([`${PATH}#x`]);
  expect(like('/etc/a.yaml#--y')).toEqual([`${PATH}#--x`]);
  expect(['a', 'a/b', 'a/b/c'].map((text) => like(text)[0])).toEqual([
    'audit',
    'audit/api',
    'audit/api/x',
  ]);
});
