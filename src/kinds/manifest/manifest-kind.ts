import type { ItemKey } from '../../model/brand.ts';
import type { ItemValue } from '../../model/item.ts';
import type { ManifestSpec } from '../../model/plan-file.ts';
import type { Kind } from '../kind.ts';
import { declaredManifest, desiredManifest } from './desired-manifest.ts';
import { derivedGates } from './gates/derived-gates.ts';
import { editItems } from './edit-items.ts';
import { parseItemKey } from './flags/item-key.ts';
import { judgeManifest } from './judge-manifest.ts';
import { flagOfContainer } from './flags/known-flag.ts';
import { judgeReach } from './companions/reach/judge-reach.ts';
import { renewPod } from './companions/renewal/renew-pod.ts';
import { looksAt } from './mounts/looks-at.ts';
import { parseMountKey } from './mounts/mount-key.ts';
import { joinVolumes, sameMount, sameVolume } from './mounts/mount-value.ts';
import { observeItems } from './observe-items.ts';
import { replacedProcesses } from './gates/replaced-processes.ts';
import { restartBetween } from './gates/restart.ts';
import { sameByType, sameEntry } from './values/same-by-type.ts';
import { sameFlagValue } from './values/typed-equality.ts';

/**
 * Kind `manifest`: flags in `command` and `args` of a static pod's container, what of the host it sees, and what goes with them: its
 * probes and the pod's uid.
 */
export const manifestKind: Kind<ManifestSpec> = {
  name: 'manifest',
  watched: true,
  desired: desiredManifest,
  declared: declaredManifest,
  observe: observeItems,
  same,
  join: (key, a, b) => (parseMountKey(key)?.form === 'volume' ? joinVolumes(a, b) : undefined),
  edit: editItems,
  derivedGates,
  judge: judgeManifest,
  looksAt,
  judgeReach,
  renew: renewPod,
  replaces: replacedProcesses,
  restart: restartBetween,
};

/**
 * Elements are there or not; whole values and entries compare by the type that the catalogue has for the flag, else as far as their
 * text tells; absent equals absent only.
 */
function same(key: ItemKey, a: ItemValue, b: ItemValue): boolean {
  if (a === null || b === null) return a === b;
  const mount = parseMountKey(key);
  if (mount !== null) return mount.form === 'volume' ? sameVolume(a, b) : sameMount(a, b);
  const target = parseItemKey(key);
  if (target?.form === 'element') return a === b;
  const flag = target === null ? null : flagOfContainer(target.container, target.flag);
  if (target === null || flag === null) return sameFlagValue(a, b);
  return target.form === 'entry' ? sameEntry(flag, a, b) : sameByType(flag, a, b);
}
