import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  checkStageDirectory,
  makeStageDirectory,
  planStaging,
  runOfStage,
} from '../../../src/apply/files/stage-directories.ts';
import type { RealPath, RunId } from '../../../src/model/brand.ts';

const RUN = 'RUN' as RunId;
let root: RealPath;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'setpoint-stage-'))) as RealPath;
  mkdirSync(join(root, 'etc/kubernetes/manifests'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

function place(target: string, watched: readonly string[], mountPoints: readonly string[] = []) {
  const real = join(root, target) as RealPath;
  const points = new Set(mountPoints.map((path) => join(root, path)));
  const plan = planStaging({
    run: RUN,
    targets: [real],
    watched: new Set(watched.map((path) => join(root, path))),
    root,
    mounts: { mountPoints: () => points, mountOf: () => undefined },
  });
  return {
    stage: plan.directories.get(real)?.slice(root.length),
    created: plan.intent.createdDirectories.map((path) => path.slice(root.length)),
  };
}

test('a file that nobody watches is staged beside itself under a dot-name', () => {
  expect(place('etc/app.conf', [])).toEqual({ stage: '/etc/.setpoint-stage-RUN', created: [] });
});

test('a watched file is staged in the nearest directory above that is not watched', () => {
  const { stage } = place('etc/kubernetes/manifests/a.yaml', ['etc/kubernetes/manifests']);
  expect(stage).toBe('/etc/kubernetes/.setpoint-stage-RUN');
  const both = ['etc/kubernetes/manifests', 'etc/kubernetes'];
  expect(place('etc/kubernetes/manifests/a.yaml', both).stage).toBe('/etc/.setpoint-stage-RUN');
});

test('a watched directory that is a mount point is staged in under a dot-name', () => {
  const watched = ['etc/kubernetes/manifests'];
  const { stage } = place('etc/kubernetes/manifests/a.yaml', watched, watched);
  expect(stage).toBe('/etc/kubernetes/manifests/.setpoint-stage-RUN');
});

test('nothing is staged above the managed root', () => {
  expect(place('a.yaml', ['.']).stage).toBe('/.setpoint-stage-RUN');
});

test('missing parents are named, outermost first, before they are made', () => {
  expect(place('etc/new/deep/a.conf', [])).toEqual({
    stage: '/etc/new/deep/.setpoint-stage-RUN',
    created: ['/etc/new', '/etc/new/deep'],
  });
});

test('a stage directory that others prepared is refused', () => {
  const stage = join(root, `etc/.setpoint-stage-${RUN}`) as RealPath;
  makeStageDirectory(stage);
  expect(() => makeStageDirectory(stage)).toThrow(/was there before/);
  checkStageDirectory(stage);
  chmodSync(stage, 0o770);
  expect(() => checkStageDirectory(stage)).toThrow(/not a private/);
  rmSync(stage, { recursive: true });
  mkdirSync(join(root, 'elsewhere'), { mode: 0o700 });
  symlinkSync(join(root, 'elsewhere'), stage);
  expect(() => makeStageDirectory(stage)).toThrow(/was there before/);
  expect(() => checkStageDirectory(stage)).toThrow(/not a private/);
});

test('the stage of a run is known by its name', () => {
  expect(runOfStage('.setpoint-stage-01JC0000000000000000000001')).toBe(
    '01JC0000000000000000000001',
  );
  expect([runOfStage('.setpoint-stage'), runOfStage('.setpoint-stage-x')]).toEqual([null, null]);
});
