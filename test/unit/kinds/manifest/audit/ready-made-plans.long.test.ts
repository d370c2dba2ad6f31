import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { rowsOf } from '../../../../../src/catalogue/cis/rows.ts';
import { CIS_VERSIONS } from '../../../../../src/catalogue/cis/versions.ts';
import type { CisVersion } from '../../../../../src/catalogue/cis/versions.ts';
import type { Diagnostic } from '../../../../../src/diagnostics/diagnostic.ts';
import { judgeRow } from '../../../../../src/kinds/manifest/audit/judge-row.ts';
import { subjectOfContainer } from '../../../../../src/kinds/manifest/audit/manifest-subjects.ts';
import { manifestKind } from '../../../../../src/kinds/manifest/manifest-kind.ts';
import type { ItemEdit } from '../../../../../src/kinds/kind.ts';
import type { Circumstances } from '../../../../../src/kinds/surroundings.ts';
import type { HostName, HostPath, WorkspacePath } from '../../../../../src/model/brand.ts';
import type { FileImage } from '../../../../../src/model/file-image.ts';
import type { ManifestSpec, ResolvedResource } from '../../../../../src/model/plan-file.ts';
import { GATE_DEFAULTS } from '../../../../../src/plan/files/gate-defaults.ts';
import { parsePlanFile } from '../../../../../src/plan/files/parse-plan.ts';
import { resolvePlan } from '../../../../../src/plan/files/resolve-plan.ts';
import { applied } from '../companions/companion-rig.ts';
import { good, textOf } from '../manifest-rig.ts';

const TOP = fileURLToPath(new URL('../../../../../', import.meta.url));
const KUBERNETES = ['1.27', '1.29', '1.32', '1.34'];
const VERSIONS = CIS_VERSIONS.filter((version) => version !== 'cis-2.1');
/** Fixtures that are nearest to what a version is for: of 1.28 there is none. */
const FOR: Readonly<Record<(typeof VERSIONS)[number], readonly string[]>> = {
  'cis-1.9': ['1.27'],
  'cis-1.10': ['1.27', '1.29'],
  'cis-1.11': ['1.29'],
  'cis-1.12': ['1.32', '1.34'],
  'cis-2.0': ['1.34'],
};

function resourcesOf(version: CisVersion): readonly ResolvedResource[] {
  const folder = join(TOP, 'plans', version);
  return readdirSync(folder).flatMap((name) => {
    const parsed = parsePlanFile(readFileSync(join(folder, name), 'utf8'), name as WorkspacePath);
    if (!parsed.ok) throw new Error(`${name}: ${JSON.stringify(parsed.diagnostics)}`);
    const plan = resolvePlan(parsed.value, {
      host: 'cp-1' as HostName,
      vars: {},
      defaults: GATE_DEFAULTS,
      readSource: () => ({ problem: 'no sources' }),
    });
    if (!plan.ok || !plan.value.matches) throw new Error(`${name} cannot be resolved`);
    return plan.value.plan.resources;
  });
}

it('each ready-made plan says first what class of risk it is, as its name does, and then what it does or needs', () => {
  const wrong = VERSIONS.flatMap((version) =>
    readdirSync(join(TOP, 'plans', version)).filter((name) => {
      const lines = readFileSync(join(TOP, 'plans', version, name), 'utf8').split('\n');
      const [, letter = ''] = /-([abcd])-/.exec(name) ?? [];
      const says = lines[0]?.startsWith(`# Risk class ${letter.toUpperCase()}: `) === true;
      return (
        !says ||
        lines[1]?.startsWith('# ') !== true ||
        lines.every((line) => !/^description: ./.test(line))
      );
    }),
  );
  expect(wrong).toEqual([]);
});

type ManifestResource = ResolvedResource & { readonly spec: ManifestSpec };

function isManifest(resource: ResolvedResource): resource is ManifestResource {
  return resource.spec.kind === 'manifest';
}

/** A host on which everything is that plans and operators bring. */
const SUPPLIED: Circumstances = {
  derivesGates: true,
  at: (path) => (/\.[a-z]+$/.test(path) ? 'file' : 'directory'),
};

function imageOf(kubernetes: string, path: string): FileImage {
  const file = join(TOP, 'fixtures/kubeadm', kubernetes, path.slice(path.lastIndexOf('/') + 1));
  return { exists: true, bytes: readFileSync(file), mode: 0o600 };
}

/** Standing of every row about the component that a manifest runs. */
function standings(version: CisVersion, image: FileImage): ReadonlyMap<string, string> {
  if (!image.exists) throw new Error('no image');
  const subject = subjectOfContainer(new TextDecoder().decode(image.bytes), '/m.yaml', null);
  if (subject === null) throw new Error('no component');
  const rows = rowsOf(version).filter(({ component }) => component === subject.component);
  return new Map(rows.map((row) => [row.id, judgeRow(row, subject).standing]));
}

describe.each(VERSIONS)('the plan files for %s', (version) => {
  const resources = resourcesOf(version);

  it.each(KUBERNETES)('bring the manifests of kubeadm %s to the rows they audit', (kubernetes) => {
    const images = new Map<string, FileImage>();
    const isFor = FOR[version].includes(kubernetes);
    const said: Diagnostic[] = [];
    const wayBack: { readonly path: string; readonly back: readonly ItemEdit[] }[] = [];
    for (const { spec, audits } of resources.filter(isManifest)) {
      const { path } = spec;
      const image = images.get(path) ?? imageOf(kubernetes, path);
      const { after, back } = applied(spec, image);
      images.set(path, after);
      wayBack.unshift({ path, back: back.toReversed() });
      said.push(...(isFor ? manifestKind.judge(spec, image, after, path, SUPPLIED) : []));
      const before = standings(version, image);
      const verdicts = standings(version, after);
      const rows = audits.map(({ check }) => (check.kind === 'cis' ? check.row : ''));
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.filter((row) => verdicts.get(row) !== 'pass')).toEqual([]);
      // A plan that changes no verdict would add flags that are satisfied by omission.
      expect(rows.some((row) => before.get(row) !== 'pass')).toBe(true);
    }
    images.set('etcd.yaml', imageOf(kubernetes, 'etcd.yaml'));
    const all = [...images.values()].flatMap((image) => [...standings(version, image)]);
    const left = all.filter(([, standing]) => standing !== 'pass');
    // A person says what fits, and which provider comes first in the file that is supplied.
    expect(Object.fromEntries(left)).toEqual({ '1.2.20': 'manual', '1.2.28': 'manual' });
    // Who else writes the file, what breaks, and that a version is judged as the nearest one; no flag is refused, or would be.
    const words = said.map(({ code, severity }) => `${severity} ${code}`);
    expect(words.filter((word) => !/^warning SP(?:2065|2110|2125)$/.test(word))).toEqual([]);

    if (!isFor) return;
    for (const { path, back } of wayBack) {
      const image = images.get(path) ?? imageOf(kubernetes, path);
      images.set(path, good(manifestKind.edit(image, back, path as HostPath)).image);
    }
    for (const [path, image] of images) {
      expect(textOf(image)).toBe(textOf(imageOf(kubernetes, path)));
    }
  });

  it('name files only in mounts of their directories, so that a new policy is not hidden by the old one', () => {
    const mounted = resources.filter(isManifest).flatMap(({ spec }) => spec.mounts ?? []);
    expect(mounted.map(({ path, type, readOnly }) => [path, type, readOnly])).toEqual([
      ['/etc/kubernetes/audit', 'DirectoryOrCreate', true],
      ['/var/log/kubernetes/audit', 'DirectoryOrCreate', null],
      ['/etc/kubernetes/admission', 'DirectoryOrCreate', true],
      ['/etc/kubernetes/encryption', 'Directory', true],
    ]);
    const files = resources.flatMap(({ spec }) => (spec.kind === 'file' ? [spec] : []));
    for (const { path, content, mode } of files) {
      expect(mounted.some((mount) => path.startsWith(`${mount.path}/`))).toBe(true);
      expect(mode).toBe(0o600);
      expect(parse(new TextDecoder().decode(content ?? new Uint8Array()))).toMatchObject({
        kind: path.includes('/audit/') ? 'Policy' : 'AdmissionConfiguration',
      });
    }
    expect(files).toHaveLength(2);
  });

  it('are in classes: what a plan file says about its rows is what the rows say', () => {
    const risks = new Map(rowsOf(version).map(({ id, risk }) => [id, risk]));
    const folder = join(TOP, 'plans', version);
    for (const name of readdirSync(folder)) {
      const text = readFileSync(join(folder, name), 'utf8');
      const rows = text.match(/(?<=- cis-[\d.]+\/).*/g) ?? [];
      const said = /-([a-d])-/.exec(name)?.[1]?.toUpperCase();
      expect([...new Set(rows.map((row) => risks.get(row)))]).toEqual([said]);
    }
  });
});
