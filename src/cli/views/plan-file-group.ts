import { printable } from '../../diagnostics/printable.ts';
import type { FileChange, PlanPart } from '../../model/change-set.ts';
import type { GateSpec } from '../../model/check.ts';
import type { ItemChange } from '../../model/item.ts';
import type { Style } from '../style.ts';
import { itemLine } from './item-line.ts';
import type { ViewOptions } from './view-options.ts';

/** The lines of one file in a plan part: path with its impact, items, checks that will run. */
export function fileGroup(
  part: PlanPart,
  path: string,
  style: Style,
  view: ViewOptions,
): readonly string[] {
  const file = part.files.find((candidate) => candidate.path === path);
  const items = part.items.filter((item) => item.path === path);
  const impact = file === undefined ? [] : impacts(file, items);
  const head = impact.length === 0 ? '' : `  ${style.dim(`(${impact.join(', ')})`)}`;
  const room = view.verbose ? Number.POSITIVE_INFINITY : view.width - 6;
  return [
    `  ${printable(path)}${head}`,
    ...items.map((item) => `    ${itemLine(item, style, room)}`),
    ...checkLines(part, path).map((line) => `    ${style.dim(line)}`),
  ];
}

/** Paths of a part in the order of execution, then those that only change ownership. */
export function pathsOf(part: PlanPart): readonly string[] {
  const paths = [
    ...part.steps.map((step) => step.path),
    ...part.files.map((file) => file.path),
    ...part.items.map((item) => item.path),
  ];
  return [...new Set(paths)];
}

/** Gates of the whole plan, when it has any. */
export function planGateLine(part: PlanPart): string | null {
  if (part.gates.length === 0) return null;
  return `then gates: ${names(part.gates)}`;
}

function impacts(file: FileChange, items: readonly ItemChange[]): readonly string[] {
  const list: string[] = [];
  if (file.write && file.after === null) list.push('deletes the file');
  else if (file.write && file.before === null) list.push('new file');
  if (file.restart === 'expected') list.push(`restarts ${component(file, items)}`);
  if (file.write && file.before !== null && file.after !== null) {
    const [old, next] = [file.before.mode, file.after.mode].map(octal);
    if (old !== next) list.push(`mode ${old} → ${next}`);
  }
  if (file.foreignEdit) list.push('edited by someone else since it was recorded');
  return list;
}

/** Manifest items are keyed `flags/<container>/<flag>`; otherwise the file's name says it. */
function component(file: FileChange, items: readonly ItemChange[]): string {
  for (const item of items) {
    const container = /^[^/]+\/([^/]+)\//.exec(item.key)?.[1];
    if (container !== undefined) return printable(container);
  }
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  return printable(name.replace(/\.[^.]+$/, ''));
}

function octal(mode: number | undefined): string {
  return `0${(mode ?? 0).toString(8)}`;
}

function checkLines(part: PlanPart, path: string): readonly string[] {
  const lines: string[] = [];
  for (const step of part.steps) {
    if (step.path !== path) continue;
    for (const action of step.onChange) lines.push(`runs: ${printable(action.run.join(' '))}`);
    if (step.gates.length > 0) lines.push(`gates: ${names(step.gates)}`);
    if (step.audits.length > 0) {
      lines.push(`audits: ${step.audits.map(({ id }) => printable(id)).join(', ')}`);
    }
  }
  return lines;
}

function names(gates: readonly GateSpec[]): string {
  return gates.map(({ id, check }) => printable(`${id} (${check.kind})`)).join(', ');
}
