import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { fail, ok } from '../../diagnostics/diagnostic.ts';
import type { HostName } from '../../model/brand.ts';
import type { ManagedFile, PlanRecord, SeenFile } from '../../model/recorded-state.ts';
import * as shape from './record-shape.ts';

const FORMAT_VERSION = 1;

/** `host.json`: which host this branch belongs to. `hostId` tells two hosts of one name apart. */
export interface HostRecord {
  readonly formatVersion: 1;
  readonly host: HostName;
  readonly hostId: string;
}

const sha256 = shape.matching(/^[0-9a-f]{64}$/, 'a SHA-256 in hex');
const hostPath = shape.matching(/^\//, 'an absolute path');
const fileState = shape.record({
  sha256,
  size: shape.number,
  mode: shape.number,
  uid: shape.number,
  gid: shape.number,
});
const item = shape.record({
  owner: shape.record({ workspace: shape.text, plan: shape.text, resource: shape.text }),
  label: shape.text,
  before: shape.anyObject,
  applied: shape.nullable(shape.text),
  run: shape.text,
  sequence: shape.number,
});
const managedFile = shape.record({
  path: hostPath,
  kind: shape.text,
  record: shape.oneOf('full', 'items', 'digest'),
  linkText: shape.nullable(shape.text),
  state: shape.nullable(fileState),
  unobserved: shape.optional(shape.record({ since: shape.text, reason: shape.text })),
  lastRun: shape.text,
  original: shape.record({ state: shape.nullable(fileState), pristine: shape.flag }),
  items: shape.map(item),
});
const seenFile = shape.record({
  declared: hostPath,
  path: hostPath,
  linkText: shape.nullable(shape.text),
  state: shape.nullable(fileState),
  workspaces: shape.list(shape.text),
});
const gates = shape.list(
  shape.record({
    id: shape.text,
    phases: shape.list(shape.oneOf('before', 'after', 'revert')),
    check: shape.record({ kind: shape.text }),
    within: shape.number,
    every: shape.number,
    timeout: shape.number,
    successes: shape.number,
  }),
);
const actions = shape.list(shape.record({ run: shape.list(shape.text), timeout: shape.number }));
const planRecord = shape.record({
  workspace: shape.text,
  plan: shape.text,
  file: shape.text,
  commit: shape.nullable(shape.text),
  dirty: shape.flag,
  inputDigest: shape.text,
  run: shape.text,
  gates: shape.record({
    files: shape.map(shape.record({ gates, onChange: actions })),
    plan: gates,
  }),
  workspaceFiles: shape.list(
    shape.record({ path: shape.text, sha256: shape.text, executable: shape.flag }),
  ),
  hold: shape.nullable(
    shape.record({ run: shape.text, inputDigest: shape.text, reason: shape.text }),
  ),
});
const hostRecord = shape.record({ host: shape.text, hostId: shape.text });

/** Deterministic JSON for people and diffs: sorted keys, two spaces, a final newline. */
export function recordText(record: ManagedFile | SeenFile | PlanRecord | HostRecord): string {
  return `${JSON.stringify(sorted(record), null, 2)}\n`;
}

/** Reads a managed file's record. `where` is its tree name. Fails with SP5010 (newer format) or SP5011 (damaged). */
export function readManagedFile(bytes: Uint8Array, where: string): Result<ManagedFile> {
  return read<ManagedFile>(bytes, where, managedFile);
}

/** Reads the record of a file that was only seen; errors as readManagedFile. */
export function readSeenFile(bytes: Uint8Array, where: string): Result<SeenFile> {
  return read<SeenFile>(bytes, where, seenFile);
}

/** Reads a plan's record; errors as readManagedFile. */
export function readPlanRecord(bytes: Uint8Array, where: string): Result<PlanRecord> {
  return read<PlanRecord>(bytes, where, planRecord);
}

/** Reads `host.json`; errors as readManagedFile. */
export function readHostRecord(bytes: Uint8Array, where: string): Result<HostRecord> {
  return read<HostRecord>(bytes, where, hostRecord);
}

function read<T>(bytes: Uint8Array, where: string, expected: shape.Shape): Result<T> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    return fail(damaged(where, `is not JSON (${error instanceof Error ? error.message : ''})`));
  }
  if (!shape.isObject(value)) return fail(damaged(where, 'is not a JSON object'));
  if (value['formatVersion'] !== FORMAT_VERSION)
    return fail(unknownVersion(where, value['formatVersion']));
  const problems = expected(value, '');
  if (problems.length > 0) {
    return fail(...problems.map((problem) => damaged(where, problem.replace(/^\./, ''))));
  }
  return ok(value as T);
}

function unknownVersion(where: string, version: unknown): Diagnostic {
  return {
    code: 'SP5010',
    severity: 'error',
    message: `recorded state ${where} has format version ${JSON.stringify(version) ?? 'none'}; this setpoint reads ${FORMAT_VERSION}`,
    help: 'Use the version of setpoint that wrote it, or a newer one.',
  };
}

/** SP5011 for one file of the recorded state. */
export function damaged(where: string, problem: string): Diagnostic {
  return {
    code: 'SP5011',
    severity: 'error',
    message: `recorded state ${where} is damaged: ${problem}`,
    help: 'Look at its last commits with `git log -p` and reset its branch to the last good one with `git update-ref`.',
  };
}

/** Keys in code unit order at every depth (fromEntries keeps a key named `__proto__` an ordinary key). */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!shape.isObject(value)) return value;
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => [key, sorted(item)]);
  return Object.fromEntries(entries);
}
