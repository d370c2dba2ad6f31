/** A feature gate may name its component: `kube:Name` is `Name` (component-base, since 1.31). */
import { describe, expect, it } from 'vitest';
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
const LONG = withGates('    - --feature-gates=kube:WatchList=true,AnyVolumeDataSource=true');
const TWICE = withGates(
  '    - --feature-gates=kube:WatchList=true\n    - --feature-gates=ContextualLogging=true',
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
    [LONG, 'WatchList', 'kube:WatchList=false,AnyVolumeDataSource=true'],
    [TWICE, 'WatchList', 'kube:WatchList=false'],
  ])('is changed where it stands, as it is spelled there', (image, name, now) => {
    const step = manage(image, { 'feature-gates': entries({ [name]: 'false' }) });
    expect(lineDiff(image, step.image).at(-1)).toBe(`+- --feature-gates=${now}`);
    expect(release(step.image, restores(step, image))).toEqual(image);
    expect(release(step.image, restores(step, null))).toEqual(image);
  });

  it('is taken out by either name', () => {
    const step = manage(LONG, { 'feature-gates': entries({ WatchList: null }) });
    expect(lineDiff(LONG, step.image).at(-1)).toBe('+- --feature-gates=AnyVolumeDataSource=true');
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
