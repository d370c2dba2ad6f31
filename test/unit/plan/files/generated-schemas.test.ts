import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type * as saved from '../../../../src/generated/change-set-types.ts';
import { validateChangeSet } from '../../../../src/generated/change-set-validator.js';
import type * as written from '../../../../src/generated/plan-types.ts';
import type {
  ChangeSet,
  ChangeSetMeta,
  FileChange,
  FileGates,
  PlanPart,
  Step,
} from '../../../../src/model/change-set.ts';
import type {
  AuditSpec,
  CheckSpec,
  CommandCheck,
  EtcdQuorumCheck,
  GateSpec,
  HttpCheck,
  ProcessCheck,
} from '../../../../src/model/check.ts';
import type { ItemChange } from '../../../../src/model/item.ts';
import { schemaErrors } from '../../../scenario/rig/output-schema.ts';
import { SAMPLE_CHANGE_SET } from './sample-change-set.ts';

const TOP = new URL('../../../../', import.meta.url).pathname;

function validate(envelope: object): boolean {
  return schemaErrors(envelope).length === 0;
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(`${TOP}${path}`, 'utf8'));
}

/** Generated types have no `readonly`. */
type Frozen<T> = T extends object ? { readonly [K in keyof T]: Frozen<T[K]> } : T;

/** Compiles only while what the planner makes is what the schema takes. */
const conforms = {
  part: (part: Omit<PlanPart, 'record'>): Frozen<Omit<saved.PlanPart, 'record'>> => part,
  set: (set: Omit<ChangeSet, 'parts'>): Frozen<Omit<saved.ChangeSetDocument, 'parts'>> => set,
  item: (item: ItemChange): Frozen<saved.ItemChange> => item,
  file: (file: FileChange): Frozen<saved.FileChange> => file,
  gate: (gate: GateSpec): Frozen<saved.Gate> => gate,
  audit: (audit: AuditSpec): Frozen<saved.Audit> => audit,
};

type SameKeys<A, B> = [Exclude<keyof A, keyof B>, Exclude<keyof B, keyof A>] extends [never, never]
  ? true
  : never;
/** Compiles only while neither side has a member that the other lacks. */
const complete: readonly [
  SameKeys<ChangeSet, saved.ChangeSetDocument>,
  SameKeys<ChangeSetMeta, saved.Circumstances>,
  SameKeys<PlanPart, saved.PlanPart>,
  SameKeys<FileGates, saved.GatesOfAFile>,
  SameKeys<Step, saved.Step>,
  SameKeys<FileChange, saved.FileChange>,
  SameKeys<ItemChange, saved.ItemChange>,
  SameKeys<GateSpec, saved.Gate>,
  SameKeys<HttpCheck, saved.HttpCheck>,
  SameKeys<CommandCheck, saved.CommandCheck>,
  SameKeys<EtcdQuorumCheck, saved.EtcdQuorumCheck>,
  SameKeys<ProcessCheck, saved.ProcessCheck>,
] = [true, true, true, true, true, true, true, true, true, true, true, true];

type Untimed<T> = Omit<T, 'timeout'>;
/** Compiles only while the checks of a plan file are those of the model. */
const checks = [
  (check: Untimed<written.HTTPAudit>): CheckSpec => check,
  (check: Untimed<written.TCPAudit>): CheckSpec => check,
  (check: Untimed<written.CommandAudit>): CheckSpec => check,
  (check: Untimed<written.ProcessAudit>): CheckSpec => check,
];

describe('the published schemas', () => {
  it.each(['plan', 'workspace', 'change-set', 'output'])('%s is a valid schema', (name) => {
    const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true });
    ajv.addKeyword('discriminator');
    const text = readFileSync(`${TOP}schemas/${name}.schema.json`, 'utf8');
    expect(() => ajv.compile(JSON.parse(text) as object)).not.toThrow();
  });

  it('agree with the types of the model', () => {
    expect(Object.keys(conforms)).toHaveLength(6);
    expect(checks).toHaveLength(4);
    expect(complete).not.toContain(false);
  });

  it('take a change set, and nothing with a key more or less', () => {
    const set = SAMPLE_CHANGE_SET;
    expect(validateChangeSet(set) ? [] : validateChangeSet.errors).toEqual([]);
    expect(validateChangeSet({ ...set, surplus: 1 })).toBe(false);
    const { digest: _digest, ...rest } = set;
    expect(validateChangeSet(rest)).toBe(false);
    const [part] = set.parts;
    expect(validateChangeSet({ ...set, parts: [{ ...part, extra: true }] })).toBe(false);
    expect(validateChangeSet({ ...set, parts: [{ ...part, file: '../out.yaml' }] })).toBe(false);
  });
});

describe('the schema of --json', () => {
  const head = { formatVersion: '1.0', command: 'explain', diagnostics: [] };

  it('takes a result or an error, not both and not neither', () => {
    const error = { code: 'SP1203', message: 'unknown key', exitCode: 65 };
    expect(validate({ ...head, ok: true, result: [] })).toBe(true);
    expect(validate({ ...head, ok: false, error })).toBe(true);
    expect(validate({ ...head, ok: false, result: [] })).toBe(true);
    expect(validate({ ...head, ok: true, error })).toBe(false);
    expect(validate({ ...head, ok: false, result: [], error })).toBe(false);
    expect(validate({ ...head, ok: true })).toBe(false);
  });

  it('knows the result of each command, and no other', () => {
    const schema = readJson('schemas/output.schema.json') as {
      readonly allOf: readonly { readonly if: { properties?: { command: { const: string } } } }[];
    };
    const described = schema.allOf.flatMap((rule) => rule.if.properties?.command.const ?? []);
    const { commands } = readJson('oclif.manifest.json') as { readonly commands: object };
    const ids = Object.keys(commands).map((id) => id.replaceAll(':', ' '));
    expect(described.sort()).toEqual(ids.sort());
    expect(validate({ ...head, command: 'no such', ok: true, result: [] })).toBe(false);
  });

  it.each([
    ['a key more', { code: 'SP1203', title: 'x', explanation: 'x', more: 1 }],
    ['a key less', { code: 'SP1203', title: 'x' }],
    ['another type', { code: 'SP1203', title: 'x', explanation: 1 }],
  ])('refuses a result with %s', (_what, entry) => {
    const known = { code: 'SP1203', title: 'x', explanation: 'x' };
    expect(validate({ ...head, ok: true, result: [known] })).toBe(true);
    expect(validate({ ...head, ok: true, result: [entry] })).toBe(false);
  });
});
