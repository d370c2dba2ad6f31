import { expect, test } from 'vitest';

import type { Probe } from '../../../scripts/catalogue/etcd-probe.ts';
import { probedType } from '../../../scripts/catalogue/etcd-probe.ts';

/** What etcd 3.4 answers, by flag: the complaint about each value that it refuses. */
const ANSWERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'pre-vote': { zz: 'invalid boolean value "zz" for -pre-vote: parse error' },
  'grpc-keepalive-timeout': {
    zz: 'invalid value "zz" for flag -grpc-keepalive-timeout: parse error',
    '-1': 'invalid value "-1" for flag -grpc-keepalive-timeout: parse error',
  },
  'backend-batch-limit': {
    zz: 'invalid value "zz" for flag -backend-batch-limit: parse error',
    '1s': 'invalid value "1s" for flag -backend-batch-limit: parse error',
  },
  'max-wals': {
    zz: 'invalid value "zz" for flag -max-wals: parse error',
    '1s': 'invalid value "1s" for flag -max-wals: parse error',
    '-1': 'invalid value "-1" for flag -max-wals: parse error',
  },
  cors: { zz: 'invalid value "zz" for flag -cors: URL scheme must be http, https: zz' },
  proxy: { zz: 'invalid value "zz" for flag -proxy: invalid value' },
  snapshot: { zz: 'W | pkg/flags: flag "-snapshot" is no longer supported - ignoring.' },
  'no-such-flag': { zz: 'flag provided but not defined: -no-such-flag' },
};
const probe: Probe = (name, value) => Promise.resolve(ANSWERS[name]?.[value] ?? null);

test('The complaints about values tell the type', async () => {
  expect(await probedType('pre-vote', probe)).toBe('bool');
  expect(await probedType('grpc-keepalive-timeout', probe)).toBe('duration');
  expect(await probedType('backend-batch-limit', probe)).toBe('int');
  expect(await probedType('max-wals', probe)).toBe('uint');
  expect(await probedType('cors', probe)).toBe('UniqueURLs');
  expect(await probedType('proxy', probe)).toBe('SelectiveStringValue');
  expect(await probedType('snapshot', probe)).toBe('IgnoredFlag');
});

test('Where any text is taken, it is a string, or one of the known lists', async () => {
  expect(await probedType('name', probe)).toBe('string');
  expect(await probedType('cipher-suites', probe)).toBe('StringsValue');
});

test('A flag that the binary has not has no type', async () => {
  expect(await probedType('no-such-flag', probe)).toBeNull();
});
