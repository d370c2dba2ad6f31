import type * as data from '../../generated/plan-types.ts';
import type { HostPath, Millis } from '../../model/brand.ts';
import {
  ALL_PHASES,
  type ActionSpec,
  type AuditSpec,
  type CheckSpec,
  type GateSpec,
} from '../../model/check.ts';
import type { GateDefaults } from '../../model/plan-file.ts';
import { parseDuration } from './duration.ts';
import { readCisRow } from './cis-row.ts';
import { ACTION_TIMEOUT } from './gate-defaults.ts';

/** Keys of the plan file that say when a check is tried, not what it looks at. */
const TIMING: ReadonlySet<string> = new Set([
  'id',
  'phases',
  'within',
  'every',
  'timeout',
  'successes',
]);

/** Gates of a list; `owner` is the resource id or `plan`, ids are `<owner>[<n>]` unless given. */
export function gateSpecs(
  gates: readonly data.Gate[],
  owner: string,
  defaults: GateDefaults,
): readonly GateSpec[] {
  return gates.map((gate, index) => ({
    id: gate.id ?? `${owner}[${index}]`,
    phases:
      gate.phases === undefined ? ALL_PHASES : ALL_PHASES.filter((p) => gate.phases?.includes(p)),
    check: checkSpec(gate),
    within: millis(gate.within, defaults.within),
    every: millis(gate.every, defaults.every),
    timeout: millis(gate.timeout, defaults.timeout),
    successes: gate.successes ?? defaults.successes,
  }));
}

/** Audits of a resource; ids are `<resource>:audit[<n>]`. */
export function auditSpecs(
  audits: readonly data.Audit[],
  owner: string,
  defaults: GateDefaults,
): readonly AuditSpec[] {
  return audits.map((audit, index) => ({
    id: `${owner}:audit[${index}]`,
    check: checkSpec(audit),
    timeout: millis(audit.timeout, defaults.timeout),
  }));
}

/** What rows of a benchmark are asked of; `version` is for rows that name none. */
export interface AuditedManifest {
  readonly path: HostPath;
  readonly container: string | null;
  readonly version: string | null;
}

/** The same of a manifest, where a text names a row of a benchmark: that is its id, too (`apiserver:cis-1.12/1.2.15`). */
export function manifestAuditSpecs(
  audits: readonly (data.Audit | string)[],
  owner: string,
  defaults: GateDefaults,
  { path, container, version }: AuditedManifest,
): readonly AuditSpec[] {
  return audits.flatMap((audit, index) => {
    if (typeof audit !== 'string') {
      const [spec] = auditSpecs([audit], owner, defaults);
      return spec === undefined ? [] : [{ ...spec, id: `${owner}:audit[${index}]` }];
    }
    const { version: said, row } = readCisRow(audit);
    const check = { kind: 'cis' as const, version: said ?? version ?? '', row, path, container };
    return [{ id: `${owner}:${check.version}/${row}`, check, timeout: defaults.timeout }];
  });
}

export function actionSpecs(actions: readonly data.Action[]): readonly ActionSpec[] {
  return actions.map(({ run, timeout }) => ({ run, timeout: millis(timeout, ACTION_TIMEOUT) }));
}

/** The validated keys of a check are those of the model (test: generated types against model types). */
function checkSpec(check: data.Gate | data.Audit): CheckSpec {
  const fields = Object.entries(check).filter(([key]) => !TIMING.has(key));
  return Object.fromEntries(fields) as unknown as CheckSpec;
}

function millis(text: string | undefined, otherwise: Millis): Millis {
  return text === undefined ? otherwise : (parseDuration(text) ?? otherwise);
}
