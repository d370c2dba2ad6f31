import { fail, ok } from '../../diagnostics/diagnostic.ts';
import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import type { HostPath, ItemKey } from '../../model/brand.ts';
import type { FileImage } from '../../model/file-image.ts';
import type { LiveItem } from '../../model/item.ts';
import { readCommandLine } from './flags/command-line.ts';
import type { CommandLine } from './flags/command-line.ts';
import { parseCompanionKey } from './companions/companion-key.ts';
import { observeProbe } from './companions/probes/edit-probe.ts';
import { observeUid } from './companions/uid/renew-uid.ts';
import { readContainer } from './pod/container.ts';
import { parseItemKey } from './flags/item-key.ts';
import { parseMountKey } from './mounts/mount-key.ts';
import { observeMount } from './mounts/observe-mount.ts';
import { observeFlag } from './edit/observe-flag.ts';
import { readPod } from './pod/parse-pod.ts';
import type { PodSource } from './pod/parse-pod.ts';
import { refusal } from '../../structured/refusal.ts';

type LineOf = (container: string) => Result<CommandLine>;

/** Live values of items and what restores them. All problems at once; the file is read once whatever the number of keys. */
export function observeItems(
  image: FileImage,
  keys: readonly ItemKey[],
  path: HostPath,
): Result<ReadonlyMap<ItemKey, LiveItem>> {
  const pod = readPod(image, path);
  if (!pod.ok) return pod;
  const lineOf = commandLines(pod.value);
  const problems = new Set<Diagnostic>();
  const items = new Map<ItemKey, LiveItem>();
  for (const key of keys) {
    const item = observeItem(pod.value, key, lineOf);
    if (item.ok) items.set(key, item.value);
    else for (const one of item.diagnostics) problems.add(one);
  }
  return problems.size > 0 ? fail(...problems) : ok(items);
}

function observeItem(pod: PodSource, key: ItemKey, lineOf: LineOf): Result<LiveItem> {
  const mount = parseMountKey(key);
  if (mount !== null) return observeMount(pod, mount);
  const companion = parseCompanionKey(key);
  if (companion !== null)
    return companion.form === 'uid' ? observeUid(pod) : observeProbe(pod, companion);
  const flag = parseItemKey(key);
  if (flag === null) {
    const help = 'recorded state was written by another version of setpoint';
    return fail(refusal('SP2024', pod.path, `${key} is not an item of a manifest`, help));
  }
  const line = lineOf(flag.container);
  return line.ok ? observeFlag(line.value, flag) : line;
}

/** Each container's command line is read once, and what is wrong with it told once. */
function commandLines(pod: PodSource): LineOf {
  const lines = new Map<string, Result<CommandLine>>();
  return (name) => {
    const known = lines.get(name);
    if (known !== undefined) return known;
    const container = readContainer(pod, name);
    const line = container.ok ? readCommandLine(container.value) : container;
    lines.set(name, line);
    return line;
  };
}
