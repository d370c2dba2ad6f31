import type { GateDefaults, ManifestSpec, ResolvedResource } from '../../model/plan-file.ts';
import type { GatePhase, GateSpec } from '../../model/check.ts';
import type { FileGates } from '../../model/change-set.ts';
import type { FileImage } from '../../model/file-image.ts';
import type { HostPath } from '../../model/brand.ts';
import type { Kind } from '../../kinds/kind.ts';

/** A file whose gates are wanted: its bytes before and after, and the workspace's pace for gates that nobody wrote down. */
export interface GatedFile {
  readonly path: HostPath;
  readonly before: FileImage;
  readonly after: FileImage;
  readonly defaults: GateDefaults;
}

/**
 * Derived gates know no pace of their own, and their ids begin with a container's name, which two files of a plan may share:
 * the resource's id takes its place.
 */
function derived(
  kind: Kind,
  resource: Pick<ResolvedResource, 'id' | 'spec'>,
  file: GatedFile,
): readonly GateSpec[] {
  const gates = kind.derivedGates(resource.spec, file.before, file.after, file.path);
  return gates.map((gate) => ({ ...gate, ...file.defaults, id: gateIdOf(gate, resource) }));
}

/** The name that a derived gate has for people. */
export function gateIdOf({ id }: GateSpec, resource: Pick<ResolvedResource, 'id'>): string {
  return id.replace(/^[^:]*/, () => resource.id);
}

/** Gates of a written file: explicit ones as they are, `default` ones derived from the bytes before and after. */
export function applyGates(
  kind: Kind,
  resources: readonly ResolvedResource[],
  file: GatedFile,
): readonly GateSpec[] {
  const gates: GateSpec[] = [];
  for (const resource of resources) {
    const own = resource.gates === 'default' ? derived(kind, resource, file) : resource.gates;
    for (const gate of own) if (!gates.some((known) => known.id === gate.id)) gates.push(gate);
  }
  return gates;
}

/** Gates when what a plan did is given back: derived anew, explicit ones turned round. */
export function releaseGates(
  kind: Kind,
  recorded: FileGates,
  file: GatedFile,
): readonly GateSpec[] {
  return withDerived(kind, recorded.gates.flatMap(turnedRound), recorded, file);
}

/** Gates of a plan that goes on owning items of a file that is written for another reason: derived anew, explicit ones as they are. */
export function standingGates(
  kind: Kind,
  recorded: FileGates,
  file: GatedFile,
): readonly GateSpec[] {
  return withDerived(kind, recorded.gates, recorded, file);
}

function withDerived(
  kind: Kind,
  explicit: readonly GateSpec[],
  recorded: FileGates,
  file: GatedFile,
): readonly GateSpec[] {
  const gates = [...explicit];
  for (const resource of recorded.derive) {
    for (const gate of derived(kind, resource, file)) {
      if (!gates.some((known) => known.id === gate.id)) gates.push(gate);
    }
  }
  return gates;
}

/**
 * A release goes the plan's way backwards: what had to be true after the plan must be true before its release, and what had
 * to be true before the plan (or after its revert) must be true once it is released.
 */
export function turnedRound(gate: GateSpec): GateSpec[] {
  const phases = new Set<GatePhase>();
  if (gate.phases.includes('after')) phases.add('before').add('revert');
  if (gate.phases.includes('revert') || gate.phases.includes('before')) phases.add('after');
  const order: readonly GatePhase[] = ['before', 'after', 'revert'];
  return phases.size === 0 ? [] : [{ ...gate, phases: order.filter((phase) => phases.has(phase)) }];
}

/** What recorded state keeps of a plan's gates for one file. */
export function recordedFileGates(resources: readonly ResolvedResource[]): FileGates {
  return {
    gates: resources.flatMap((resource) => (resource.gates === 'default' ? [] : resource.gates)),
    derive: resources
      .filter((resource) => resource.gates === 'default')
      // Only kind manifest derives gates; its desired values are not needed for that.
      .flatMap(({ id, spec }) =>
        spec.kind === 'manifest' ? [{ id, spec: { ...gateFacts(spec), flags: {} } }] : [],
      ),
    onChange: resources.flatMap((resource) => resource.onChange),
  };
}

/** How much is recorded, what is mounted and whether paths were looked at is no part of a gate. */
function gateFacts(spec: ManifestSpec): ManifestSpec {
  const { record: _record, mounts: _mounts, pathCheck: _pathCheck, ...facts } = spec;
  return facts;
}
