import type { Kind } from '../../../../src/kinds/kind.ts';
import type {
  HostName,
  HostPath,
  PlanName,
  RealPath,
  ResourceId,
  RunId,
  WorkspaceName,
  WorkspacePath,
} from '../../../../src/model/brand.ts';
import { digestOf, sha256 } from '../../../../src/model/canonical-json.ts';
import type { ObservedFile } from '../../../../src/model/file-image.ts';
import type { FlagDeclaration, KindName, ResolvedPlan } from '../../../../src/model/plan-file.ts';
import type {
  ManagedFile,
  PlanRecord,
  RecordedState,
} from '../../../../src/model/recorded-state.ts';
import type { StateChange } from '../../../../src/model/state-change.ts';
import { computeParts } from '../../../../src/plan/difference/compute-parts.ts';
import type { PlannedPart } from '../../../../src/plan/difference/planner-input.ts';
import { keptState } from '../../../../src/plan/recording/next-state.ts';
import { GATE_DEFAULTS } from '../../../../src/plan/files/gate-defaults.ts';
import { lineKind } from './line-kind.ts';

const WORKSPACE = 'prod' as WorkspaceName;
const OWNER = { uid: 0, gid: 0 };

export type Values = Readonly<Record<string, string | null>>;

/** A plan with one resource a file: `{ '/a': { x: '1' } }`. */
export function plan(name: string, files: Readonly<Record<string, Values>>): ResolvedPlan {
  const resources = Object.entries(files).map(([path, values], index) => ({
    id: `r${index}` as ResourceId,
    spec: {
      kind: 'manifest' as const,
      path: path as HostPath,
      container: null,
      flags: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, flag(value)])),
      restartProof: 'strict' as const,
    },
    gates: 'default' as const,
    audits: [],
    onChange: [],
    at: { file: `plans/${name}.yaml`, line: 1, column: 1 },
  }));
  return {
    name: name as PlanName,
    file: `plans/${name}.yaml` as WorkspacePath,
    description: '',
    after: [],
    resources,
    gates: [],
    workspaceFiles: [],
    inputDigest: digestOf({ name, files }),
  };
}

function flag(value: string | null): FlagDeclaration {
  return value === null ? { form: 'absent' } : { form: 'value', value };
}

/** A host made of text files and a record, to plan against and to play applies on. */
export class PlanningBench {
  readonly files = new Map<string, string>();
  readonly originals = new Map<HostPath, Uint8Array>();
  managed = new Map<HostPath, ManagedFile>();
  plans: PlanRecord[] = [];
  #run = 0;
  readonly #kindOf: (name: KindName) => Kind;

  constructor(
    files: Readonly<Record<string, string>>,
    kindOf: (name: KindName) => Kind = () => lineKind,
  ) {
    this.#kindOf = kindOf;
    for (const [path, text] of Object.entries(files)) this.files.set(path, text);
  }

  get recorded(): RecordedState {
    return {
      host: 'cp-1' as HostName,
      hostId: 'id',
      head: null,
      files: this.managed,
      plans: this.plans,
    };
  }

  compute(
    plans: readonly ResolvedPlan[],
    options: { scope?: string[]; released?: string[]; acknowledged?: string[] } = {},
  ) {
    const paths = new Set([
      ...plans.flatMap((p) => p.resources.map((r) => r.spec.path)),
      ...this.managed.keys(),
    ]);
    return computeParts({
      host: 'cp-1' as HostName,
      workspace: WORKSPACE,
      plans,
      scope: (options.scope ?? []) as PlanName[],
      released: this.plans.filter((p) => options.released?.includes(p.plan) === true),
      recorded: this.recorded,
      acknowledged: (options.acknowledged ?? []) as PlanName[],
      observed: new Map([...paths].map((path) => [path, this.observe(path)])),
      originals: this.originals,
      formerRuns: new Map(),
      newOwner: OWNER,
      gateDefaults: GATE_DEFAULTS,
      kindOf: this.#kindOf,
    });
  }

  /** Plans and plays every part: files change, the record follows. */
  apply(
    plans: readonly ResolvedPlan[],
    options: { scope?: string[]; released?: string[] } = {},
  ): readonly PlannedPart[] {
    const computed = this.compute(plans, options);
    if (!computed.ok)
      throw new Error(computed.diagnostics.map((d) => `${d.code} ${d.message}`).join('\n'));
    for (const planned of computed.value.parts) this.#play(planned);
    return computed.value.parts;
  }

  observe(path: HostPath): ObservedFile {
    const text = this.files.get(path);
    const bytes = Buffer.from(text ?? '');
    const state = { sha256: sha256(bytes), size: bytes.length, mode: 0o600, ...OWNER };
    const content =
      text === undefined
        ? ({ kind: 'absent' } as const)
        : ({ kind: 'file', bytes, state, dev: 1, ino: 1 } as const);
    return { declared: path, path, realPath: path as string as RealPath, linkText: null, content };
  }

  #play({ part, images }: PlannedPart): void {
    for (const [path, { after }] of images) {
      if (after.exists) this.files.set(path, Buffer.from(after.bytes).toString());
      else this.files.delete(path);
    }
    this.#run += 1;
    const run = `run-${this.#run}` as RunId;
    const meta = { commit: null, dirty: [] };
    this.record(
      keptState({
        run,
        workspace: WORKSPACE,
        part,
        images,
        recorded: this.recorded,
        meta,
        newOwner: OWNER,
        contents: new Map(),
        originals: new Map(),
      }),
    );
  }

  record(change: StateChange): void {
    this.managed = new Map(this.managed);
    for (const { path, managed, original } of change.files) {
      if (managed === null) this.managed.delete(path);
      else this.managed.set(path, managed);
      if (original === null) this.originals.delete(path);
      else if (original !== undefined) this.originals.set(path, original);
    }
    for (const { plan: name, record } of change.plans) {
      this.plans = this.plans.filter((known) => known.plan !== name);
      if (record !== null) this.plans.push(record);
    }
  }
}

/** `plan action key` lines of all parts, in order. */
export function story(parts: readonly PlannedPart[]): readonly string[] {
  return parts.flatMap(({ part }) =>
    part.items.map((item) => {
      const cause = item.cause === 'pending' ? '' : ` ${item.cause}`;
      const from = item.movedFrom === undefined ? '' : ` from ${item.movedFrom}`;
      return `${part.plan} ${item.action} ${item.key}${cause}${from}`;
    }),
  );
}
