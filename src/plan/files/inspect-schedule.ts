import { quoted } from '../../diagnostics/printable.ts';
import type { ScheduleLayout } from '../../kinds/schedule/layout.ts';
import { pieceSpan } from '../../kinds/schedule/validating/piece-span.ts';
import type { ScheduleProblem } from '../../kinds/schedule/validating/problem.ts';
import { validateScheduleValue } from '../../kinds/schedule/validating/validate-value.ts';
import { documentOf, wholeEntry } from '../../kinds/schedule/whole-entry.ts';
import { isOwnLayout } from '../../kinds/schedule/layout.ts';
import type { JsonObject } from '../../model/item.ts';
import { layoutOf } from './build-schedule.ts';
import { inspectNumbers } from './inspect-numbers.ts';
import { complain, literal, type Inspection } from './inspection.ts';
import { workspacePath } from './paths.ts';
import { hasMarker } from './references.ts';
import type { Span } from './source-file.ts';
import { child, entries, items, locate, toJson } from './source-tree.ts';
import type { MapEntry, MapNode, SourceNode } from './source-tree.ts';

/** An entry that is declared to exist. */
interface Declared {
  readonly entry: MapEntry;
  readonly fields: MapNode;
}

/** What the schema cannot say of declared schedules: the same that is asked of the file that they go into. */
export function inspectSchedule(
  inspection: Inspection,
  { keySpan, value: resource }: MapEntry,
): void {
  if (resource.type !== 'map') return;
  const layout = layoutOf({
    ...said(inspection, resource, 'list'),
    ...said(inspection, resource, 'key'),
    ...said(inspection, resource, 'scheduleField'),
  });
  const global = resource.entries.get('global');
  if (global !== undefined && layout.list.length === 0) {
    const message = 'a document that is a list has no global settings';
    complain(inspection, 'SP2236', global.keySpan, message, 'remove global:');
  }
  inspectSchema(inspection, child(resource, 'schema'));
  if (!resource.entries.has('entries') && global === undefined) {
    const message = 'this resource declares nothing';
    complain(inspection, 'SP2236', keySpan, message, 'name entries: or global: settings');
  }
  const declared = entries(child(resource, 'entries')).flatMap((entry): readonly Declared[] =>
    entry.value.type === 'map' ? [{ entry, fields: entry.value }] : [],
  );
  for (const one of declared) inspectName(inspection, one, layout);
  for (const { fields } of declared) inspectNumbers(inspection, fields);
  if (global !== undefined) inspectNumbers(inspection, global.value);
  inspectValues(inspection, resource, declared, layout);
}

function inspectSchema(inspection: Inspection, node: SourceNode | undefined): void {
  const text = literal(inspection, node);
  if (node === undefined || text === null || text === '' || text === 'none') return;
  const named = workspacePath(text);
  if ('message' in named) complain(inspection, 'SP1302', node, named.message, named.help);
}

function said(
  inspection: Inspection,
  resource: MapNode,
  key: 'list' | 'key' | 'scheduleField',
): Readonly<Record<string, string>> {
  const text = literal(inspection, child(resource, key));
  return text === null ? {} : { [key]: text };
}

/** The key in the plan file is the name. */
function inspectName(
  inspection: Inspection,
  { entry, fields }: Declared,
  { key }: ScheduleLayout,
): void {
  const name = fields.entries.get(key)?.value;
  if (name === undefined || (name.type === 'scalar' && name.value === entry.key)) return;
  const message = `${quoted(key)} of entry ${quoted(entry.key)} is another name`;
  complain(
    inspection,
    'SP2236',
    name,
    message,
    `remove it: the key ${quoted(entry.key)} is the name`,
  );
}

function inspectValues(
  inspection: Inspection,
  resource: MapNode,
  all: readonly Declared[],
  layout: ScheduleLayout,
): void {
  const dialect = literal(inspection, child(resource, 'dialect'));
  if (dialect !== 'kubernetes' && dialect !== 'crontab' && dialect !== 'extended') return;
  const known = (node: SourceNode): boolean => inspection.substituted || !hasMarkers(node);
  const declared = all.filter(({ fields }) => known(fields));
  const settings = child(resource, 'global');
  const global = settings !== undefined && known(settings) ? withoutNulls(toJson(settings)) : null;
  const values = declared.map(({ entry, fields }) =>
    wholeEntry(entry.key, toJson(fields) as JsonObject, layout),
  );
  const own = !resource.entries.has('schema') && isOwnLayout(layout);
  const schema = own ? 'own' : 'none';
  const document = documentOf(values, global, layout);
  for (const problem of validateScheduleValue(document, { dialect, layout, schema })) {
    const span = placeOf(inspection, problem, resource, declared, layout);
    if (span === null) continue;
    complain(inspection, problem.code, span, problem.message, problem.help);
  }
}

/** Where the plan file says what a problem is about. */
function placeOf(
  { file }: Inspection,
  problem: ScheduleProblem,
  resource: MapNode,
  declared: readonly Declared[],
  { list, key }: ScheduleLayout,
): Span | null {
  const inEntry = list.every((step, at) => problem.path[at] === step);
  const one = inEntry ? declared[Number(problem.path[list.length])] : undefined;
  if (inEntry && one === undefined) return null;
  const rest = problem.path.slice(inEntry ? list.length + 1 : 1).map(String);
  if (one !== undefined && (rest.length === 0 || rest[0] === key)) return one.entry.keySpan;
  const top = one?.fields ?? child(resource, 'global');
  const found = top === undefined ? undefined : locate(top, rest);
  if (found === undefined) return null;
  const { node, name } = found;
  if (problem.on === 'key' || node.end <= node.start) return name;
  return node.type === 'scalar' ? pieceSpan(file.text, node, problem.piece) : node;
}

function hasMarkers(node: SourceNode): boolean {
  if (node.type === 'scalar') return typeof node.value === 'string' && hasMarker(node.value);
  if (node.type === 'list') return items(node).some(hasMarkers);
  return entries(node).some(({ value }) => hasMarkers(value));
}

/** What must not be there cannot be wrong. */
function withoutNulls(value: unknown): JsonObject {
  const members = Object.entries(value as JsonObject).filter(([, member]) => member !== null);
  return Object.fromEntries(members);
}
