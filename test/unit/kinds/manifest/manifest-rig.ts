import { readFileSync } from 'node:fs';
import { diffLines } from 'diff';
import type { Result } from '../../../../src/diagnostics/diagnostic.ts';
import { kindOf } from '../../../../src/kinds/registry.ts';
import type { ItemEdit } from '../../../../src/kinds/kind.ts';
import type { HostPath, ItemKey } from '../../../../src/model/brand.ts';
import type { FileImage } from '../../../../src/model/file-image.ts';
import type { DesiredItem, LiveItem } from '../../../../src/model/item.ts';
import type { FlagDeclaration, ManifestSpec } from '../../../../src/model/plan-file.ts';

export const PATH = '/etc/kubernetes/manifests/x.yaml' as HostPath;
export const kind = kindOf('manifest');

type Flags = Readonly<Record<string, FlagDeclaration>>;

export function fixture(name: string): FileImage & { exists: true } {
  const url = new URL(`../../../../fixtures/manifests/${name}`, import.meta.url);
  return { exists: true, bytes: new Uint8Array(readFileSync(url)), mode: 0o600 };
}

export function imageOf(text: string): FileImage & { exists: true } {
  return { exists: true, bytes: new TextEncoder().encode(text), mode: 0o600 };
}

export function textOf(image: FileImage): string {
  if (!image.exists) throw new Error('the image is absent');
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(image.bytes);
}

export function specOf(flags: Flags, container: string | null = null): ManifestSpec {
  return { kind: 'manifest', path: PATH, container, flags, restartProof: 'weak' };
}

export function value(text: string): FlagDeclaration {
  return { form: 'value', value: text };
}

export const absent: FlagDeclaration = { form: 'absent' };

export function elements(include: readonly string[], exclude: readonly string[] = []) {
  return { form: 'elements', include, exclude } as const;
}

export function entries(map: Readonly<Record<string, string | null>>): FlagDeclaration {
  return { form: 'entries', entries: map };
}

export function good<T>(result: Result<T>): T {
  if (!result.ok)
    throw new Error(result.diagnostics.map((d) => `${d.code} ${d.message}`).join('\n'));
  return result.value;
}

export function codes(result: Result<unknown>): readonly string[] {
  return result.ok ? [] : result.diagnostics.map((one) => one.code);
}

/** One management step: what was there, what was wanted, what came out. */
export interface Managed {
  readonly original: FileImage;
  readonly image: FileImage;
  readonly desired: readonly DesiredItem[];
  readonly live: ReadonlyMap<ItemKey, LiveItem>;
}

export function manage(
  original: FileImage,
  flags: Flags,
  container: string | null = null,
): Managed {
  const desired = good(kind.desired(specOf(flags, container), original, PATH));
  const keys = desired.map((item) => item.key);
  const live = good(kind.observe(original, keys, PATH));
  const edits = desired.map((item): ItemEdit => ({ op: 'set', item }));
  return { original, image: good(kind.edit(original, edits, PATH)).image, desired, live };
}

/** Restores of everything a step manages, in reverse order, as a release does; through JSON, as recorded state does. */
export function restores(step: Managed, original: FileImage | null): readonly ItemEdit[] {
  return [...step.live]
    .map(([key, item]): ItemEdit => {
      const before = JSON.parse(JSON.stringify(item.before)) as LiveItem['before'];
      return { op: 'restore', key, before, original };
    })
    .toReversed();
}

export function release(image: FileImage, edits: readonly ItemEdit[]): FileImage {
  return good(kind.edit(image, edits, PATH)).image;
}

/** Removed lines with `-`, added ones with `+`, in order. */
export function lineDiff(before: FileImage, after: FileImage): readonly string[] {
  return diffLines(textOf(before), textOf(after)).flatMap((part) => {
    if (!part.added && !part.removed) return [];
    const lines = part.value.split('\n');
    if (lines.at(-1) === '') lines.pop();
    return lines.map((line) => (part.added ? '+' : '-') + line.trim());
  });
}
