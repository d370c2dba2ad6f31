import { stillRecorded } from '../../kinds/record-rule.ts';
import { secretMark } from '../../kinds/secret-marks.ts';
import type { HostPath, RunId, WorkspaceName } from '../../model/brand.ts';
import { canonicalJson } from '../../model/canonical-json.ts';
import type { FileState, ObservedFile } from '../../model/file-image.ts';
import { imageOf } from '../../model/file-image.ts';
import type { RecordRule } from '../../model/plan-file.ts';
import type { ManagedFile, RecordedState, SeenFile } from '../../model/recorded-state.ts';
import type { SeenFileChange, StateChange, StateFileChange } from '../../model/state-change.ts';
import { ledElsewhere, ledWords } from '../difference/led-elsewhere.ts';
import { observedFile } from './next-state.ts';

/** A host as somebody looks at it who wants it recorded. */
export interface SeenHost {
  readonly recorded: RecordedState;
  /** What is recorded as seen, by the name that plans use. */
  readonly seen: ReadonlyMap<HostPath, SeenFile>;
  /** Every managed file, at its recorded path, and by the names that plans use for them. */
  readonly managed: ReadonlyMap<HostPath, ObservedFile>;
  /** What plans name here, by that name; `null`: no workspace, or its plan files cannot be read. */
  readonly declared: {
    readonly workspace: WorkspaceName;
    readonly files: ReadonlyMap<HostPath, ObservedFile>;
    /** What plans say about how much is recorded, where they do. */
    readonly rules: ReadonlyMap<HostPath, RecordRule>;
  } | null;
  /** Files of open runs: what they are is not settled. */
  readonly open: ReadonlyMap<HostPath, RunId>;
  /** ISO 8601, UTC. */
  readonly time: string;
}

/** What recording a host as it is seen changes. */
export interface SeenState {
  readonly change: StateChange;
  /** Managed files that somebody edited. */
  readonly edited: readonly HostPath[];
  /** Managed files that cannot be observed (any more), or for another reason than before. */
  readonly unobserved: readonly HostPath[];
  /** Managed files that can be observed again, as they were recorded before. */
  readonly again: readonly HostPath[];
  /** Names of files that are seen anew or differ from what was seen. */
  readonly seen: readonly HostPath[];
  /** Names that no plan uses any more, or of files that are managed now, or cannot be recorded any more. */
  readonly dropped: readonly HostPath[];
  readonly leftOut: readonly LeftOut[];
}

/** A file that is not recorded, and why. */
export interface LeftOut {
  readonly path: HostPath;
  readonly reason: string;
  /** It may be read, but no copy of it is made. */
  readonly secret: boolean;
}

/** Everything of a host that is not recorded as it is. Pure; what was applied stays recorded, so that drift stays drift. */
export function seenState(host: SeenHost): SeenState {
  const leftOut: LeftOut[] = [];
  const managed = managedFiles(host, leftOut);
  const seen = seenChanges(host, leftOut);
  const pathsOf = (what: Looked): readonly HostPath[] =>
    managed.filter((one) => one.what === what).map(({ change }) => change.path);
  return {
    change: { files: managed.map(({ change }) => change), plans: [], seen },
    edited: pathsOf('edited'),
    unobserved: pathsOf('unobserved'),
    again: pathsOf('again'),
    seen: seen.filter((one) => one.copy !== undefined).map(({ declared }) => declared),
    dropped: seen.filter((one) => one.copy === undefined).map(({ declared }) => declared),
    leftOut: [...new Map(leftOut.map((one) => [one.path, one])).values()],
  };
}

type Looked = 'edited' | 'unobserved' | 'again';

interface ManagedChange {
  readonly what: Looked;
  readonly change: StateFileChange;
}

function managedFiles(
  { recorded, managed, open, time }: SeenHost,
  leftOut: LeftOut[],
): readonly ManagedChange[] {
  return [...recorded.files.values()].flatMap((file): readonly ManagedChange[] => {
    const observed = managed.get(file.path);
    if (observed === undefined) throw new Error(`not observed: ${file.path}`);
    const reason = whyNot(managed, file, open);
    if (reason !== null) {
      leftOut.push({ path: file.path, reason, secret: false });
      return reason === file.unobserved?.reason ? [] : [notObserved(file, reason, time)];
    }
    const state = stateOf(observed);
    if (same(state, file.state)) return file.unobserved === undefined ? [] : [observedAgain(file)];
    const image = imageOf(observed.content);
    const change = observedFile({ ...file, ...stillRecorded(file, image) }, state, image);
    return [{ what: 'edited', change }];
  });
}

/** Who plans from the record must not take it for what is there. */
function notObserved(file: ManagedFile, reason: string, time: string): ManagedChange {
  const since = file.unobserved?.since ?? time;
  const managed = { ...file, unobserved: { since, reason } };
  return { what: 'unobserved', change: { path: file.path, managed } };
}

function observedAgain(file: ManagedFile): ManagedChange {
  const { unobserved: _, ...managed } = file;
  return { what: 'again', change: { path: managed.path, managed } };
}

function whyNot(
  managed: SeenHost['managed'],
  file: Pick<ManagedFile, 'path' | 'declared'>,
  open: SeenHost['open'],
): string | null {
  const run = open.get(file.path);
  if (run !== undefined) return openReason(run);
  const led = ledElsewhere(file, managed);
  if (led !== null) return ledWords(led);
  const content = managed.get(file.path)?.content;
  return content?.kind === 'refused' ? content.reason : null;
}

function openReason(run: RunId): string {
  return `it belongs to run ${run}, which is open`;
}

function seenChanges(host: SeenHost, leftOut: LeftOut[]): readonly SeenFileChange[] {
  const { declared, recorded, seen, open } = host;
  const next = new Map<HostPath, SeenFileChange>();
  for (const [name, observed] of declared?.files ?? []) {
    if (recorded.files.has(observed.path)) continue;
    const known = seen.get(name);
    const run = open.get(observed.path);
    if (run !== undefined) {
      leftOut.push({ path: name, reason: openReason(run), secret: false });
      if (known !== undefined) next.set(name, { declared: name, seen: known });
      continue;
    }
    const refusal = refusalOf(name, observed, declared?.rules.get(name));
    if (refusal !== null) leftOut.push(refusal);
    next.set(
      name,
      refusal === null ? seenAs(host, name, observed) : { declared: name, seen: null },
    );
  }
  for (const [name, known] of seen) {
    if (!next.has(name)) next.set(name, { declared: name, seen: withoutUs(host, known) });
  }
  return [...next.values()].filter((change) => !same(change.seen, seen.get(change.declared)));
}

/** What no plan of this workspace names any more stays as long as another one's do; what is managed is no longer only seen. */
function withoutUs({ declared, recorded }: SeenHost, known: SeenFile): SeenFile | null {
  const observed = declared?.files.get(known.declared);
  if (recorded.files.has(observed?.path ?? known.path)) return null;
  const workspaces = known.workspaces.filter((one) => one !== declared?.workspace);
  return workspaces.length === 0 ? null : { ...known, workspaces };
}

/** An explicit `full` is somebody's decision about a secret, too. */
function refusalOf(
  path: HostPath,
  { content }: ObservedFile,
  rule: RecordRule | undefined,
): LeftOut | null {
  if (content.kind === 'refused') return { path, reason: content.reason, secret: false };
  if (content.kind === 'absent' || rule === 'full') return null;
  if (rule !== undefined) {
    return { path, reason: `its plan wants no copy of it (record: ${rule})`, secret: true };
  }
  const mark = secretMark(content.bytes);
  return mark === null ? null : { path, reason: `it holds ${mark}`, secret: true };
}

function seenAs(
  { declared, seen }: SeenHost,
  name: HostPath,
  observed: ObservedFile,
): SeenFileChange {
  const { path, linkText, content } = observed;
  const others = seen.get(name)?.workspaces ?? [];
  const own = declared === null ? [] : [declared.workspace];
  const record: SeenFile = {
    formatVersion: 1,
    declared: name,
    path,
    linkText,
    state: stateOf(observed),
    workspaces: [...new Set([...others, ...own])].sort(),
  };
  return { declared: name, seen: record, copy: content.kind === 'file' ? content.bytes : null };
}

function stateOf({ content }: ObservedFile): FileState | null {
  return content.kind === 'file' ? content.state : null;
}

function same(a: unknown, b: unknown): boolean {
  return canonicalJson(a ?? null) === canonicalJson(b ?? null);
}
