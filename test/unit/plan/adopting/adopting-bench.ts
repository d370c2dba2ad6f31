import { kindOf as registered } from '../../../../src/kinds/registry.ts';
import type { Result } from '../../../../src/diagnostics/diagnostic.ts';
import type { HostName, HostPath, RealPath, WorkspacePath } from '../../../../src/model/brand.ts';
import { sha256 } from '../../../../src/model/canonical-json.ts';
import type { ObservedFile } from '../../../../src/model/file-image.ts';
import { imageOf } from '../../../../src/model/file-image.ts';
import type { Variables } from '../../../../src/model/plan-file.ts';
import type { ItemToAdopt } from '../../../../src/plan/adopting/adoption.ts';
import { declaredItems } from '../../../../src/plan/drift/declared-items.ts';
import { planAdoption } from '../../../../src/plan/adopting/plan-adoption.ts';
import type { Adoption } from '../../../../src/plan/adopting/plan-adoption.ts';
import { GATE_DEFAULTS } from '../../../../src/plan/files/gate-defaults.ts';
import { parsePlanFile } from '../../../../src/plan/files/parse-plan.ts';
import type { ResolveContext } from '../../../../src/plan/files/resolve-plan.ts';
import { resolveWorkspace } from '../../../../src/plan/files/resolve-workspace.ts';

export interface HostAndWorkspace {
  /** By path: plan files, and sources. */
  readonly plans: Readonly<Record<string, string>>;
  readonly sources?: Readonly<Record<string, string>>;
  /** By path on the host; `null`: gone. */
  readonly live: Readonly<Record<string, string | Uint8Array | null>>;
  readonly mode?: number;
  readonly vars?: Variables;
  readonly hosts?: readonly string[];
  /** Labels of the items that are chosen; default all that differ. */
  readonly only?: readonly string[];
  /** Default: the real ones. */
  readonly kindOf?: typeof registered;
}

/** A static pod with these arguments. */
export function pod(...args: readonly string[]): string {
  const lines = args.map((arg) => `        - ${JSON.stringify(arg)}\n`).join('');
  return `apiVersion: v1\nkind: Pod\nmetadata: {name: api}\nspec:\n  containers:\n    - name: api\n      command:\n        - api\n${lines}`;
}

/** Adopts every item whose live value is not the declared one. */
export function adopt(given: HostAndWorkspace): Result<Adoption> {
  const { kindOf = registered } = given;
  const sources = new Map(Object.entries(given.sources ?? {}));
  const context: ResolveContext = {
    host: 'cp-1' as HostName,
    vars: given.vars ?? {},
    defaults: GATE_DEFAULTS,
    readSource: (path) => {
      const text = sources.get(path);
      if (text === undefined) return { problem: 'it does not exist' };
      return { bytes: Buffer.from(text), executable: true };
    },
  };
  const documents = Object.entries(given.plans).map(([path, text]) =>
    good(parsePlanFile(text, path as WorkspacePath)),
  );
  const { plans } = good(resolveWorkspace(documents, context));
  const observed = observeLive(given.live, given.mode);
  const declared = declaredItems(plans, { observed, kindOf }).items;
  const seen = new Map(
    [...observed].map(([path, { content }]) => {
      const mine = declared.filter((one) => one.path === path);
      const kind = kindOf(mine[0]?.kind ?? 'file');
      const keys = mine.map((one) => one.item.key);
      return [path, good(kind.observe(imageOf(content), keys, path))];
    }),
  );
  const items = declared.flatMap(({ path, kind, item: { key, value } }): ItemToAdopt[] => {
    const live = seen.get(path)?.get(key)?.value ?? null;
    if (kindOf(kind).same(key, value, live)) return [];
    const content = observed.get(path)?.content;
    const bytes = content?.kind === 'file' ? content.bytes : null;
    return [{ path, kind, key, label: key, live, bytes }];
  });
  return planAdoption({
    items: items.filter(({ key }) => given.only?.includes(key) ?? true),
    unfit: [],
    addressOf: ({ path, key }) => `${path}#${key}`,
    documents,
    plans,
    declared,
    observed,
    kindOf,
    context,
    hosts: given.hosts ?? [],
    identityOf: (path) => path,
  });
}

export function observeLive(
  live: HostAndWorkspace['live'],
  mode = 0o644,
): Map<HostPath, ObservedFile> {
  return new Map(
    Object.entries(live).map(([name, text]) => {
      const path = name as HostPath;
      const bytes = Buffer.from(text ?? '');
      const state = { sha256: sha256(bytes), size: bytes.length, mode, uid: 0, gid: 0 };
      const content =
        text === null
          ? ({ kind: 'absent' } as const)
          : ({ kind: 'file', bytes, state, dev: 1, ino: 1 } as const);
      return [path, { declared: path, path, realPath: name as RealPath, linkText: null, content }];
    }),
  );
}

export function good<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(result.diagnostics.map((d) => `${d.code} ${d.message}`).join('\n'));
}

/** The one plan file as it would be. */
export function adoptedText(given: HostAndWorkspace): string {
  const [plan] = good(adopt(given)).plans;
  if (plan === undefined) throw new Error('no plan file changes');
  return plan.after.tree.file.text;
}

/** `SP3080 line 3: message`, one line a problem. */
export function refusals(given: HostAndWorkspace): readonly string[] {
  const result = adopt(given);
  if (result.ok) throw new Error('it was adopted');
  return result.diagnostics.map(({ code, message, at }) =>
    at === undefined ? `${code} ${message}` : `${code} line ${at.line}: ${message}`,
  );
}

/** Lines of `after` that are not in `before`, and the other way round, with `+` and `-`. */
export function changedLines(before: string, after: string): readonly string[] {
  const [a, b] = [before.split('\n'), after.split('\n')];
  return [
    ...a.filter((line) => !b.includes(line)).map((line) => `-${line}`),
    ...b.filter((line) => !a.includes(line)).map((line) => `+${line}`),
  ];
}
