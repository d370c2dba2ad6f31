import type { ManifestSpec } from '../../../../model/plan-file.ts';
import type { CommandLine } from '../../flags/command-line.ts';
import { parseCompanionKey } from '../companion-key.ts';
import { followedProbes } from './follow.ts';
import type { ProbeName } from '../../pod/probe-name.ts';

/** Whether `probes: follow` on the resource, which does not say it yet, would have this probe answered. */
export function canFollow(spec: ManifestSpec, line: CommandLine, probe: ProbeName): boolean {
  if (spec.probes === 'follow') return false;
  const items = followedProbes(spec, line);
  return (
    items.ok &&
    items.value.some(({ key }) => {
      const target = parseCompanionKey(key);
      return target?.form === 'probe' && target.probe === probe;
    })
  );
}
