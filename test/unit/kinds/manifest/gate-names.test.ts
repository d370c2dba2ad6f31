/** A feature gate may name its component: `kube:Name` is `Name` (component-base, since 1.31). */
import { describe, expect, it } from 'vitest';
import { NOBODY_LOOKED } from '../../../../src/kinds/surroundings.ts';
import { gateName } from '../../../../src/kinds/manifest/flags/gate-name.ts';
import {
  codes,
  entries,
  good,
  imageOf,
  kind,
  lineDiff,
  manage,
  PATH,
  release,
  restores,
  specOf,
} from './manifest-rig.ts';

function withGates(flags: string) {
  return imageOf(`apiVersion: v1
kind: Pod
metadata:
  name: a
spec:
  containers:
  - name: kube-apiserver
    image: registry.k8s.io/kube-apiserver:v1.34.2
    command:
    - kube-apiserver
${flags}
`);
}

const SHORT = withGates('    - --feature-gates=WatchList=true,AnyVolumeDataSource=true');
const LONG = withGates('    - --feature-gates=kube:WatchList=true,kube:AnyVolumeDataSource=true');
const TWICE = withGates(
  '    - --feature-gates=kube:WatchList=true\n    - --feature-gates=kube:ContextualLogging=true',
);

describe('a feature gate with and without its component', () => {
  it.each([
    [SHORT, 'kube:WatchList'],
    [LONG, 'WatchList'],
    [TWICE, 'WatchList'],
  ])('is the same entry: nothing to do', (image, name) => {
    expect(manage(image, { 'feature-gates': entries({ [name]: 'true' }) }).image).toBe(image);
  });

  it.each([
    [SHORT, 'kube:WatchList', 'WatchList=false,AnyVolumeDataSource=true'],
    [LONG, 'WatchList', 'kube:WatchList=false,kube:AnyVolumeDataSource=true'],
    [TWICE, 'WatchList', 'kube:WatchList=false'],
  ])('is changed where it stands, as it is spelled there', (image, name, now) => {
    const step = manage(image, { 'feature-gates': entries({ [name]: 'false' }) });
    expect(lineDiff(image, step.image).at(-1)).toBe(`+- --feature-gates=${now}`);
    expect(release(step.image, restores(step, image))).toEqual(image);
    expect(release(step.image, restores(step, null))).toEqual(image);
  });

  it('is written like those beside it, because a component does not start with both', () => {
    const step = manage(LONG, { 'feature-gates': entries({ ContextualLogging: 'true' }) });
    expect(lineDiff(LONG, step.image).at(-1)).toBe(
      '+- --feature-gates=kube:WatchList=true,kube:AnyVolumeDataSource=true,kube:ContextualLogging=true',
    );
    expect(release(step.image, restores(step, LONG))).toEqual(LONG);
    const repeated = manage(TWICE, { 'feature-gates': entries({ AnyVolumeDataSource: 'true' }) });
    expect(lineDiff(TWICE, repeated.image).at(-1)).toBe(
      '+- --feature-gates=kube:ContextualLogging=true,kube:AnyVolumeDataSource=true',
    );
    const etcd = { 'feature-gates': entries({ 'etcd:X': 'true' }) };
    expect(lineDiff(LONG, manage(LONG, etcd).image).at(-1)).toMatch(/,etcd:X=true$/);
  });

  it('is refused in both spellings on one command line', () => {
    const declared = { 'feature-gates': entries({ WatchList: 'false' }) };
    for (const [image, told] of [
      [withGates('    - --feature-gates=kube:WatchList=true,ContextualLogging=true'), ['SP2095']],
      [withGates('    - --feature-gates=etcd:X=true,WatchList=true'), []],
      [LONG, []],
      [SHORT, []],
    ] as const) {
      const after = manage(image, declared).image;
      const said = kind.judge(specOf(declared), image, after, PATH, NOBODY_LOOKED);
      expect(said.map(({ code }) => code).filter((code) => code === 'SP2095')).toEqual(told);
    }
  });

  it('is taken out by either name', () => {
    const step = manage(LONG, { 'feature-gates': entries({ WatchList: null }) });
    expect(lineDiff(LONG, step.image).at(-1)).toBe(
      '+- --feature-gates=kube:AnyVolumeDataSource=true',
    );
  });

  it('is one item, so that two plans cannot want different things of it', () => {
    const keys = ['kube:WatchList', 'WatchList'].map((name) =>
      good(kind.desired(specOf({ 'feature-gates': entries({ [name]: 'true' }) }), LONG, PATH)).map(
        ({ key }) => key,
      ),
    );
    expect(keys[0]).toEqual(keys[1]);
  });

  it('is declared once', () => {
    const both = { 'feature-gates': entries({ 'kube:WatchList': 'true', WatchList: 'false' }) };
    expect(codes(kind.desired(specOf(both), LONG, PATH))).toEqual(['SP2020']);
  });
});

it.each([
  ['Name', 'Name'],
  ['kube:Name', 'Name'],
  // component-base cuts blanks around both, and takes the empty component for its own.
  ['kube : Name', 'Name'],
  [':Name', 'Name'],
  ['cloud:Name', null],
  ['minikube:Name', null],
])('the gate that %j names is %j', (written, name) => {
  expect(gateName(written)).toBe(name);
});
