import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { kindOf } from '../../src/kinds/registry.ts';
import { NOBODY_LOOKED } from '../../src/kinds/surroundings.ts';
import type { HostPath } from '../../src/model/brand.ts';
import type { FlagDeclaration, ManifestSpec } from '../../src/model/plan-file.ts';
import { plan, PlanningBench } from '../unit/plan/difference/planning-bench.ts';
import { imageOf } from '../unit/kinds/manifest/manifest-rig.ts';
import { runs } from './runs.ts';

const PATH = '/etc/kubernetes/manifests/kube-controller-manager.yaml' as HostPath;
const FIXTURE = readFileSync('fixtures/manifests/kubeadm-kube-controller-manager.yaml', 'utf8');
const PROBE = /livenessProbe:[^]*?(?= {4}name: kube)/;

const BLOCK = (host: string, port: string) =>
  `livenessProbe:\n      # asks often\n      httpGet:\n${host === '' ? '' : `        host: ${host} # here\n`}        path: /healthz\n        port: ${port}\n        scheme: HTTPS\n`;
const FLOW = (host: string, port: string) =>
  `livenessProbe: {httpGet: {${host === '' ? '' : `host: ${host}, `}port: ${port}, scheme: 'HTTPS'}}\n`;

/** The fixture with probes, uid, line ends and notation of every kind that may be edited. */
const manifest = fc
  .record({
    style: fc.constantFrom(BLOCK, FLOW),
    host: fc.constantFrom('', '127.0.0.1', '"127.0.0.1"', 'localhost'),
    port: fc.constantFrom('10257', 'https', "'https'"),
    uid: fc.constantFrom('', '  uid: 3f1b0a4c\n', "  uid: '3f1b' # theirs\n"),
    crlf: fc.boolean(),
    json: fc.boolean(),
  })
  .map(({ style, host, port, uid, crlf, json }) => {
    const probe = `ports: [{name: https, containerPort: 10257}]\n    ${style(host, port)}`;
    const text = FIXTURE.replace(PROBE, probe).replace('  namespace', `${uid}$&`);
    if (json) return `${JSON.stringify(parse(text), null, 2)}\n`;
    return crlf ? text.replaceAll('\n', '\r\n') : text;
  });

const flag = (...texts: readonly (string | null)[]) =>
  fc
    .constantFrom(...texts)
    .map((text): FlagDeclaration =>
      text === null ? { form: 'absent' } : { form: 'value', value: text },
    );
const flags = fc.record(
  {
    'bind-address': flag('127.0.0.1', '0.0.0.0', '::', '::1', '10.0.0.5', null),
    'secure-port': flag('10257', '10258', '8443', null),
    profiling: flag('false', null),
  },
  { requiredKeys: [] },
);

type Declared = Readonly<Record<string, FlagDeclaration | undefined>>;

function specOf(declared: Declared): ManifestSpec {
  const known = Object.entries(declared).flatMap(([name, one]) =>
    one === undefined ? [] : [[name, one] as const],
  );
  const base = { kind: 'manifest', path: PATH, container: null, restartProof: 'weak' } as const;
  return { ...base, flags: Object.fromEntries(known), probes: 'follow', uid: 'renew' };
}

function planOf(declared: Declared) {
  const base = plan('p', { [PATH]: {} });
  const [resource] = base.resources;
  if (resource === undefined) throw new Error('no resource');
  return { ...base, resources: [{ ...resource, spec: specOf(declared) }] };
}

/** The plan without the resource. */
const GONE = { ...plan('p', {}), resources: [] };

interface Pod {
  metadata: { uid?: string };
  spec: {
    containers: { command?: unknown; livenessProbe: { httpGet: Record<string, unknown> } }[];
  };
}

function split(text: string): {
  readonly uid: string | undefined;
  readonly content: string;
  readonly rest: unknown;
} {
  const pod = parse(text) as Pod;
  const { uid } = pod.metadata;
  delete pod.metadata.uid;
  const content = JSON.stringify(pod);
  for (const container of pod.spec.containers) {
    delete container.command;
    for (const field of ['host', 'port', 'scheme']) delete container.livenessProbe.httpGet[field];
  }
  return { uid, content, rest: pod };
}

/** A flag that was removed and later set again stands at the end. */
function unordered(text: string): readonly string[] {
  return text
    .trim()
    .split(/,?\r?\n/)
    .toSorted();
}

function comments(text: string): readonly string[] {
  return text.match(/#[^\r\n]*/g) ?? [];
}

const sequence = fc.array(flags, { minLength: 1, maxLength: 4 });

describe('any sequence of edits with probes that follow and a uid that is renewed', () => {
  it('is a fixpoint, keeps the probes answered and everything else as it was, and gives back the original bytes', () => {
    fc.assert(
      fc.property(manifest, sequence, (original, edits) => {
        const bench = new PlanningBench({ [PATH]: original }, kindOf);
        for (const edit of edits) {
          const before = bench.files.get(PATH) ?? '';
          bench.apply([planOf(edit)]);
          const after = bench.files.get(PATH) ?? '';
          expect(bench.apply([planOf(edit)])).toEqual([]);
          const told = kindOf('manifest').judge(
            specOf(edit),
            imageOf(before),
            imageOf(after),
            PATH,
            NOBODY_LOOKED,
          );
          // Without a host nobody answered in the first place.
          const answered = /host: |"host"/.test(original);
          expect(answered && told.some(({ code }) => code === 'SP2100')).toBe(false);
          const [was, is] = [split(before), split(after)];
          expect(is.rest).toEqual(was.rest);
          expect(comments(after)).toEqual(comments(original));
          expect(is.uid === was.uid).toBe(is.uid === undefined || is.content === was.content);
        }
        bench.apply([GONE]);
        expect(bench.files.get(PATH)).toBe(original);
        expect(bench.managed.size).toBe(0);
      }),
      runs(25),
    );
  });

  it('gives back every field beside the edits of somebody else', () => {
    fc.assert(
      fc.property(manifest, sequence, (original, edits) => {
        const bench = new PlanningBench({ [PATH]: original }, kindOf);
        for (const edit of edits) {
          bench.apply([planOf(edit)]);
          bench.files.set(PATH, `${bench.files.get(PATH) ?? ''}\n`);
        }
        bench.apply([GONE]);
        const back = bench.files.get(PATH) ?? '';
        expect(unordered(back)).toEqual(unordered(original));
        expect(bench.managed.size).toBe(0);
      }),
      runs(15),
    );
  });
});
