import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { shellLine } from '../../diagnostics/shell-words.ts';
import type { WorkspacePath } from '../../model/brand.ts';
import type { ResolvedPlan } from '../../model/plan-file.ts';
import { itemId } from '../difference/declarations.ts';
import { groupBy } from '../difference/group-by.ts';
import type { DeclaredItem } from '../drift/declared-items.ts';
import type { ItemToAdopt } from './adoption.ts';
import { filesWritten, workspaceValues } from './uncommitted-edit.ts';

/** A command that a person can read. */
const MOST_NAMED = 10;
/** Each reads all plan files. */
const MOST_TRIED = 20;

export interface AdoptableQuestion {
  readonly items: readonly ItemToAdopt[];
  readonly plans: readonly ResolvedPlan[];
  readonly declared: readonly DeclaredItem[];
  /** The same text for two paths that lead to one file. */
  readonly identityOf: (path: WorkspacePath) => string;
  /** Whether these could be adopted, and no others with them. */
  readonly attempt: (items: readonly ItemToAdopt[]) => Result<unknown>;
}

/** Items that can be adopted by one command, tried; about as many as a person can read. Those of one source only come together. */
export function adoptableItems(question: AdoptableQuestion): readonly ItemToAdopt[] {
  const groups = bySource(question);
  const first = firstItems(groups);
  if (first.length === 0 || question.attempt(first).ok) return first;
  let chosen: readonly ItemToAdopt[] = [];
  for (const group of groups.slice(0, MOST_TRIED)) {
    if (chosen.length >= MOST_NAMED) break;
    const more = [...chosen, ...group];
    if (question.attempt(more).ok) chosen = more;
  }
  return chosen;
}

/** `adopt the others by name: setpoint drift --adopt ...` */
export function adoptOthers(
  adoptable: readonly ItemToAdopt[],
  possible: number,
  addressOf: (item: ItemToAdopt) => string,
): Pick<Diagnostic, 'help'> {
  if (adoptable.length === 0) return {};
  const shown = adoptable.map((item) => shellLine([addressOf(item)]));
  const count = adoptable.length < possible ? ` (${adoptable.length} of ${possible})` : '';
  return { help: `adopt the others by name${count}: setpoint drift --adopt ${shown.join(' ')}` };
}

function firstItems(groups: readonly (readonly ItemToAdopt[])[]): readonly ItemToAdopt[] {
  const first: ItemToAdopt[] = [];
  for (const group of groups) {
    if (first.length > 0 && first.length + group.length > MOST_NAMED) break;
    first.push(...group);
  }
  return first;
}

/** A source that gets the live bytes gets them for every resource that has it. */
function bySource(question: AdoptableQuestion): readonly (readonly ItemToAdopt[])[] {
  const { items, plans, declared, identityOf } = question;
  const values = workspaceValues(plans, declared);
  const sourceOf = (item: ItemToAdopt): string => {
    const written = filesWritten(item, values).find(({ whole }) => whole);
    return written === undefined ? itemId(item.path, item.key) : identityOf(written.path);
  };
  return [...groupBy(items, sourceOf).values()];
}
