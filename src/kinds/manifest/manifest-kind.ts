import { fail, ok } from '../../diagnostics/diagnostic.ts';
import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import type { HostPath, ItemKey } from '../../model/brand.ts';
import type { FileImage } from '../../model/file-image.ts';
import type { ItemValue, LiveItem } from '../../model/item.ts';
import type { ManifestSpec } from '../../model/plan-file.ts';
import type { Kind } from '../kind.ts';
import { readCommandLine } from './command-line.ts';
import type { CommandLine } from './command-line.ts';
import { readContainer } from './container.ts';
import { derivedGates } from './derived-gates.ts';
import { declaredFlags, desiredFlags } from './desired-items.ts';
import { editManifest } from './edit-manifest.ts';
import { parseItemKey } from './item-key.ts';
import { observeFlag } from './observe-flag.ts';
import { readPod } from './parse-pod.ts';
import { refusal } from './refusal.ts';
import { restartBetween } from './restart.ts';
import { sameFlagValue } from './typed-equality.ts';

/** Kind `manifest`: flags in `command` and `args` of a static pod's container. */
export const manifestKind: Kind<ManifestSpec> = {
  name: 'manifest',
  watched: true,
  desired: desiredFlags,
  declared: declaredFlags,
  observe,
  same,
  edit: editManifest,
  derivedGates,
  restart: restartBetween,
};

/** All problems at once; the file is read once whatever the number of keys. */
function observe(
  image: FileImage,
  keys: readonly ItemKey[],
  path: HostPath,
): Result<ReadonlyMap<ItemKey, LiveItem>> {
  const pod = readPod(image, path);
  if (!pod.ok) return pod;
  const problems: Diagnostic[] = [];
  const lines = new Map<string, Result<CommandLine>>();
  const items = new Map<ItemKey, LiveItem>();
  for (const key of keys) {
    const target = parseItemKey(key);
    if (target === null) {
      const help = 'recorded state was written by another version of setpoint';
      problems.push(refusal('SP2024', path, `${key} is not an item of a manifest`, help));
      continue;
    }
    let line = lines.get(target.container);
    if (line === undefined) {
      const container = readContainer(pod.value, target.container);
      line = container.ok ? readCommandLine(container.value) : container;
      lines.set(target.container, line);
      if (!line.ok) problems.push(...line.diagnostics);
    }
    const item = line.ok ? observeFlag(line.value, target) : null;
    if (item?.ok === true) items.set(key, item.value);
    else if (item !== null) problems.push(...item.diagnostics);
  }
  return problems.length > 0 ? fail(...problems) : ok(items);
}

/** Elements are there or not; whole values and map entries compare by type; absent equals absent only. */
function same(key: ItemKey, a: ItemValue, b: ItemValue): boolean {
  if (a === null || b === null) return a === b;
  return parseItemKey(key)?.form === 'element' ? a === b : sameFlagValue(a, b);
}
