/** Two plans of one manifest, one with what the other's flag needs: no set that is accepted leaves the flag without it. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { containerViews, mountOver } from '../../src/kinds/manifest/mounts/container-view.ts';
import { flagsNamed } from '../../src/kinds/manifest/flags/command-line.ts';
import { kindOf } from '../../src/kinds/registry.ts';
import { PlanningBench } from '../unit/plan/difference/planning-bench.ts';
import { APISERVER, file, manifest, planOf } from '../unit/plan/difference/reach-rig.ts';

/** Few lines, so that many sets are tried. */
const SMALL = `apiVersion: v1
kind: Pod
metadata: {name: x, namespace: kube-system}
spec:
  containers:
  - name: kube-apiserver
    command:
    - kube-apiserver
    image: registry.k8s.io/kube-apiserver:v1.34.0
`;
const DIRECTORY = '/etc/k';
const POLICY = `${DIRECTORY}/policy.yaml`;

const state = fc.record({
  mounts: fc.constantFrom(null, DIRECTORY, '/etc', '/srv'),
  policy: fc.boolean(),
  flag: fc.boolean(),
});

it('no accepted set leaves a declared path under no mount, or without the file that a plan had there', () => {
  let accepted = 0;
  fc.assert(
    fc.property(fc.array(state, { minLength: 2, maxLength: 3 }), (states) => {
      const bench = new PlanningBench({ [APISERVER]: SMALL }, kindOf);
      for (const { mounts, policy, flag } of states) {
        const under = mounts === null ? [] : [{ path: mounts, type: 'DirectoryOrCreate' as const }];
        const plans = [
          ...(policy ? [planOf('file', { f: file(POLICY, 'p') })] : []),
          ...(mounts === null ? [] : [planOf('mount', { m: manifest({}, under) })]),
          ...(flag ? [planOf('flag', { m: manifest({ 'audit-policy-file': POLICY }) })] : []),
        ];
        const present = new Set<string>(plans.map(({ name }) => name));
        const released = ['file', 'mount', 'flag'].filter((name) => !present.has(name));
        const had = bench.files.has(POLICY);
        try {
          bench.apply(plans, { released });
        } catch {
          continue; // refused
        }
        accepted += 1;
        const { content } = bench.observe(APISERVER);
        const image =
          content.kind === 'file'
            ? { exists: true as const, bytes: content.bytes, mode: 0o600 }
            : { exists: false as const };
        for (const view of containerViews(image, APISERVER)) {
          const given = view.line === null ? [] : flagsNamed(view.line, 'audit-policy-file');
          expect(given.length).toBe(flag ? 1 : 0);
          if (given.length === 0) continue;
          expect(mountOver(view.mounts, POLICY)).toBeDefined();
          expect(!had || bench.files.has(POLICY)).toBe(true);
        }
      }
    }),
    { numRuns: 12 },
  );
  expect(accepted).toBeGreaterThan(0);
});
