/** Flags whose values have a syntax of their own, as the component's Go sources read them. */
import { expect, it } from 'vitest';
import type { FlagDeclaration } from '../../../../../src/model/plan-file.ts';
import { elements, entries, value } from '../manifest-rig.ts';
import { CATALOGUE, judged, judgedAs, told } from './judging-rig.ts';

const V2_DEPRECATION = {
  name: 'v2-deprecation',
  type: 'list',
  repeat: 'append',
  goType: 'SelectiveStringsValue',
  default: '',
} as const;

/** What is said of --v2-deprecation in a version of etcd. */
function ofEtcd(version: string, word: string): readonly string[] {
  const flags = new Map([['v2-deprecation', V2_DEPRECATION]]);
  const catalogue = { ...CATALOGUE, component: 'etcd', version, flags } as const;
  return told(judged('v2-deprecation', value(word), [], catalogue));
}

function taints(parts: FlagDeclaration): string {
  return told(judgedAs('register-with-taints', '[]v1.Taint', parts)).join();
}

it.each([
  ['listen-client-urls', 'UniqueURLs', 'http://localhost:2379'],
  ['listen-metrics-urls', 'UniqueURLs', 'http://0.0.0.0:2381,http://[fe80::1]:2381'],
  ['advertise-client-urls', 'UniqueURLs', 'https://node-1.example.org:2379'],
  ['v2-deprecation', 'SelectiveStringsValue', 'write-only'],
  ['register-with-taints', '[]v1.Taint', ''],
  ['register-with-taints', '[]v1.Taint', 'a=b:NoSchedule,example.org/a:NoExecute,a=:NoExecute'],
  ['register-with-taints', '[]v1.Taint', 'a=b:NoSchedule,a-,a:NoSchedule-'],
  ['reserved-memory', 'reserved-memory', '0:memory=1Gi,hugepages-1Gi=2Gi;1:memory=512M'],
  ['reserved-memory', 'reserved-memory', ''],
  ['vmodule', 'pattern=N,...', 'garbagecollector*=4,,proxier=10,'],
  ['vmodule', 'pattern=N,...', ''],
])('--%s (%s) takes %j', (name, goType, text) =>
  expect(told(judgedAs(name, goType, value(text)))).toEqual([]),
);

it.each([
  // etcd looks up no name that it is to listen on (embed config.go, checkBindURLs), and advertises some host.
  [
    'listen-client-urls',
    'UniqueURLs',
    'https://127.0.0.1:2379,https://node-1:2379',
    'takes URLs with an IP',
  ],
  ['listen-peer-urls', 'UniqueURLs', 'https://:2380', 'takes URLs with an IP'],
  ['listen-metrics-urls', 'UniqueURLs', 'http://[fe80::1%25eth0]:2381', 'takes URLs with an IP'],
  ['listen-client-http-urls', 'UniqueURLs', 'http://localhost.:2382', 'takes URLs with an IP'],
  ['advertise-client-urls', 'UniqueURLs', 'https://:2379', 'takes URLs with a host'],
  ['register-with-taints', '[]v1.Taint', 'a=b', 'takes taints'],
  ['register-with-taints', '[]v1.Taint', 'a', 'takes taints'],
  ['register-with-taints', '[]v1.Taint', 'a=b:noschedule', 'takes taints'],
  ['register-with-taints', '[]v1.Taint', 'a=b=c:NoSchedule', 'takes taints'],
  ['register-with-taints', '[]v1.Taint', 'a:NoSchedule,', 'takes taints'],
  ['register-with-taints', '[]v1.Taint', 'a=b:NoSchedule,a=c:NoSchedule', 'takes taints'],
  ['register-with-taints', '[]v1.Taint', 'A.b/c/d:NoSchedule', 'takes taints'],
  ['register-with-taints', '[]v1.Taint', '-a=b:NoSchedule', 'takes taints'],
  ['register-with-taints', '[]v1.Taint', 'a=b c:NoSchedule', 'takes taints'],
  ['reserved-memory', 'reserved-memory', '0:memory=1Gi;', 'takes memory'],
  ['reserved-memory', 'reserved-memory', 'memory=1Gi', 'takes memory'],
  ['reserved-memory', 'reserved-memory', 'a:memory=1Gi', 'takes memory'],
  ['reserved-memory', 'reserved-memory', '0:cpu=1', 'takes memory'],
  ['reserved-memory', 'reserved-memory', '0:memory=1GB', 'takes memory'],
  ['vmodule', 'pattern=N,...', 'garbagecollector', 'takes levels'],
  ['vmodule', 'pattern=N,...', '=4', 'takes levels'],
  ['vmodule', 'pattern=N,...', 'a=-1', 'takes levels'],
  ['vmodule', 'pattern=N,...', 'a=0x4', 'takes levels'],
  ['vmodule', 'pattern=N,...', 'a=2147483648', 'takes levels'],
])('--%s (%s) does not take %j', (name, goType, text, problem) =>
  expect(told(judgedAs(name, goType, value(text))).join()).toMatch(
    `SP2063 error: --${name} of kube-apiserver 1.34 ${problem}`,
  ),
);

it('are words that differ by version', () => {
  expect(ofEtcd('3.5', 'not-yet')).toEqual([]);
  expect(ofEtcd('3.6', 'not-yet').join()).toContain(
    'SP2063 error: --v2-deprecation of etcd 3.6 does not take "not-yet" (it takes gone, write-only, write-only-drop-data)',
  );
  expect(ofEtcd('3.7', 'write-only-skip-check')).toEqual([]);
  expect(ofEtcd('3.5', 'write-only-skip-check')).toHaveLength(1);
});

it('are looked at part by part where their type has a syntax of its own', () => {
  expect(taints(elements(['a=b:NoSchedule', 'c=d']))).toContain(
    'each key and effect once, not "c=d"',
  );
  expect(taints(entries({ a: 'b:NoSchedule', c: 'd' }))).toContain('once, not "c=d"');
  expect(taints(entries({ a: 'b:NoSchedule', c: null }))).toBe('');
  const memory = elements(['0:memory=1Gi']);
  expect(told(judgedAs('reserved-memory', 'reserved-memory', memory)).join()).toContain(
    'has no elements',
  );
});
