import { NOBODY_LOOKED } from '../../../../../src/kinds/surroundings.ts';
import type { Diagnostic } from '../../../../../src/diagnostics/diagnostic.ts';
import type { ItemEdit } from '../../../../../src/kinds/kind.ts';
import type { FileImage } from '../../../../../src/model/file-image.ts';
import type { ManifestSpec } from '../../../../../src/model/plan-file.ts';
import { good, imageOf, kind, PATH, specOf, value } from '../manifest-rig.ts';

type Extra = Partial<Pick<ManifestSpec, 'probes' | 'uid' | 'irreversible' | 'container'>>;

/** A resource that wants flags with these texts; `null` = absent. */
export function wants(
  flags: Readonly<Record<string, string | null>>,
  extra: Extra = {},
): ManifestSpec {
  const declared = Object.entries(flags).map(
    ([name, text]) => [name, text === null ? ({ form: 'absent' } as const) : value(text)] as const,
  );
  return { ...specOf(Object.fromEntries(declared)), ...extra };
}

/** What a first apply makes of the manifest, and what gives it back. */
export function applied(spec: ManifestSpec, image: FileImage) {
  const desired = good(kind.desired(spec, image, PATH));
  const live = good(
    kind.observe(
      image,
      desired.map(({ key }) => key),
      PATH,
    ),
  );
  const wrong = desired.filter(
    (item) => !kind.same(item.key, live.get(item.key)?.value ?? null, item.value),
  );
  const edits = wrong.map((item): ItemEdit => ({ op: 'set', item }));
  const after = good(kind.edit(image, edits, PATH)).image;
  const back = [...live].map(([key, { before }]): ItemEdit => ({
    op: 'restore',
    key,
    before,
    original: null,
  }));
  return { desired, after, back, changed: wrong.map(({ label, value: to }) => [label, to]) };
}

/** Codes and messages of what is said of the change that a resource makes. */
export function said(spec: ManifestSpec, image: FileImage, path = PATH): readonly Diagnostic[] {
  return kind.judge(spec, image, applied(spec, image).after, path, NOBODY_LOOKED);
}

export interface PodText {
  readonly command?: readonly string[];
  readonly probes?: string;
  readonly metadata?: string;
}

/** A pod of one container; `probes` and `metadata` are YAML at their indentation. */
export function podOf({ command = ['kube-scheduler'], probes = '', metadata = '' }: PodText) {
  const items = command.map((item) => `    - ${item}\n`).join('');
  return imageOf(
    `apiVersion: v1\nkind: Pod\nmetadata:\n  name: x\n${metadata}spec:\n  containers:\n  - name: x\n    command:\n${items}    image: example.org/x:1\n${probes}`,
  );
}
