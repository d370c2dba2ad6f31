import type { DriftFile, DriftItem } from '../../model/drift.ts';
import { isDrift } from '../../model/drift.ts';
import type { WorkspaceName } from '../../model/brand.ts';
import type { IgnoreRule } from '../../model/plan-file.ts';
import { matchesPath } from '../files/path-glob.ts';

export interface IgnoreRules {
  readonly workspace: WorkspaceName;
  readonly rules: readonly IgnoreRule[];
  /** The day on which they are asked, UTC: `2026-12-31`. */
  readonly today: string;
}

/** A rule holds through its last day. */
export function isExpired({ until }: IgnoreRule, today: string): boolean {
  return until !== null && until < today;
}

/** Marks what the rules of a workspace ignore. They reach only what that workspace owns. */
export function markIgnored(file: DriftFile, { workspace, rules, today }: IgnoreRules): DriftFile {
  const here = rules.filter((rule) => !isExpired(rule, today) && matchesPath(rule.path, file.path));
  if (here.length === 0) return file;
  const owned = file.items.filter(({ owner }) => owner !== undefined);
  const ownsAll = owned.every(({ owner }) => owner?.workspace === workspace);
  return {
    ...file,
    items: file.items.map((item) => {
      // Mode and owner belong to the file as a whole.
      const ours = item.owner === undefined ? ownsAll : item.owner.workspace === workspace;
      const rule = ours && isDrift(item) ? here.find((one) => names(one, item)) : undefined;
      if (rule === undefined) return item;
      return { ...item, ignored: { reason: rule.reason, until: rule.until } };
    }),
  };
}

/** `audit-log-path`, `--audit-log-path`, `mode`; the name of a list flag stands for all its elements. */
function names({ item }: IgnoreRule, { label }: DriftItem): boolean {
  if (item === null) return true;
  const wanted = bare(item);
  const name = bare(label);
  return name === wanted || name.startsWith(`${wanted}[`);
}

function bare(label: string): string {
  return label.replace(/^--/, '');
}
