import { writeOne, type WrittenFile } from '../apply/files/write-one.ts';
import type { Diagnostic, Result } from '../diagnostics/diagnostic.ts';
import { SetpointError } from '../diagnostics/setpoint-error.ts';
import { manifestKind } from '../kinds/manifest/manifest-kind.ts';
import { NOBODY_LOOKED } from '../kinds/surroundings.ts';
import type { HostPath } from '../model/brand.ts';
import type { FileImage } from '../model/file-image.ts';
import type { DesiredItem, ItemValue } from '../model/item.ts';
import { EXIT } from '../model/outcome.ts';
import type { CatalogueRule, FlagDeclaration, ManifestSpec } from '../model/plan-file.ts';
import { checkArguments, isObject } from './library/check-arguments.ts';
import type { Session } from './session.ts';
import { placeRefusals } from './transaction/place-refusals.ts';

/** A flag as a plan file declares it: its text, null for "must be absent", elements of a list, or entries of a map. */
export type FlagWish =
  | string
  | null
  | { readonly include?: readonly string[]; readonly exclude?: readonly string[] }
  | { readonly entries: Readonly<Record<string, string | null>> };

export interface ManifestFlagOptions {
  /** Needed when the pod has several containers. */
  readonly container?: string;
  /** As on a resource of a plan: `strict` refuses flags that the component does not have in the version of its image. */
  readonly catalogue?: 'strict' | CatalogueRule;
}

/** One item that was not as wanted; `null` means absent. */
export interface FlagChange {
  /** `--name`, or `--name[element]`. */
  readonly label: string;
  readonly before: ItemValue;
  readonly after: ItemValue;
}

export interface ManifestFlagsResult extends WrittenFile {
  readonly changes: readonly FlagChange[];
  readonly warnings: readonly Diagnostic[];
}

/**
 * Sets flags of a static pod's container under the lock of the manifest's path, with the edit that plans use: every other byte
 * stays, and the outcome is proved before it is written. Nothing is written when all flags are right. No gates, no record: it
 * does not wait for the component. Errors: SP2xxx what a plan would refuse (exit 1), and those of `updateFile`.
 */
export async function setManifestFlags(
  session: Session,
  path: string,
  flags: Readonly<Record<string, FlagWish>>,
  options: ManifestFlagOptions = {},
): Promise<ManifestFlagsResult> {
  const { host } = session;
  const { catalogue = 'strict' } = options;
  const spec: ManifestSpec = {
    kind: 'manifest',
    path: path as HostPath,
    container: options.container ?? null,
    flags: Object.fromEntries(
      Object.entries(flags).map(([name, wish]) => [name, declarationOf(name, wish)]),
    ),
    // Nothing here waits for the process.
    restartProof: 'weak',
    // Mounts are the caller's.
    pathCheck: 'off',
    ...(catalogue === 'strict' ? {} : { catalogue }),
  };
  const places = await placeRefusals(host, [await host.root.observe(spec.path)]);
  if (places.length > 0) throw new SetpointError(EXIT.failed, places);
  let edited: EditedFlags = { changes: [], warnings: [] };
  const written = await writeOne(host, spec.path, session.options.lockTimeout, (found) => {
    const { image, ...rest } = edit(found, spec);
    edited = rest;
    return image;
  });
  return { ...written, ...edited };
}

type EditedFlags = Pick<ManifestFlagsResult, 'changes' | 'warnings'>;

function edit(found: FileImage, spec: ManifestSpec): EditedFlags & { readonly image: FileImage } {
  const wanted = given(manifestKind.desired(spec, found, spec.path));
  const keys = wanted.map(({ key }) => key);
  const live = given(manifestKind.observe(found, keys, spec.path));
  const valueOf = ({ key }: DesiredItem): ItemValue => live.get(key)?.value ?? null;
  const wrong = wanted.filter((item) => !manifestKind.same(item.key, valueOf(item), item.value));
  const edits = wrong.map((item) => ({ op: 'set', item }) as const);
  const { image, warnings } =
    edits.length === 0
      ? { image: found, warnings: [] }
      : given(manifestKind.edit(found, edits, spec.path));
  const said = manifestKind.judge(spec, found, image, spec.path, NOBODY_LOOKED);
  const errors = said.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new SetpointError(EXIT.failed, errors);
  const changes = wrong.map((item) => ({
    label: item.label,
    before: valueOf(item),
    after: item.value,
  }));
  return { image, changes, warnings: [...warnings, ...said] };
}

function given<T>(result: Result<T>): T {
  if (!result.ok) throw new SetpointError(EXIT.failed, result.diagnostics);
  return result.value;
}

const ENTRIES = { entries: 'object' } as const;
const ELEMENTS = { include: 'texts?', exclude: 'texts?' } as const;

function declarationOf(name: string, wish: FlagWish): FlagDeclaration {
  if (wish === null) return { form: 'absent' };
  if (typeof wish === 'string') return { form: 'value', value: wish };
  const shape = isObject(wish) && 'entries' in wish ? ENTRIES : ELEMENTS;
  checkArguments('setManifestFlags', { [`flags.${name}`]: wish }, { [`flags.${name}`]: shape });
  if ('entries' in wish) return { form: 'entries', entries: wish.entries };
  return { form: 'elements', include: wish.include ?? [], exclude: wish.exclude ?? [] };
}
