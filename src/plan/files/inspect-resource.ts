import { quoted } from '../../diagnostics/printable.ts';
import { inspectCisRow } from './inspect-cis-row.ts';
import { inspectCheck } from './inspect-check.ts';
import { inspectMounts } from './inspect-mounts.ts';
import { complain, literal, type Inspection } from './inspection.ts';
import { hostPathProblem, workspacePath } from './paths.ts';
import { child, entries, items, type MapEntry, type SourceNode } from './source-tree.ts';

/** What the schema cannot say of one resource. */
export function inspectResource(inspection: Inspection, entry: MapEntry): void {
  const resource = entry.value;
  inspectPath(inspection, child(resource, 'path'));
  const kind = literal(inspection, child(resource, 'kind'));
  inspectRecord(inspection, kind, child(resource, 'record'));
  if (kind === 'file') inspectContent(inspection, entry);
  if (kind === 'manifest') {
    for (const flag of entries(child(resource, 'flags'))) inspectFlag(inspection, flag);
    inspectMounts(inspection, entry);
  }
  for (const audit of items(child(resource, 'audits'))) inspectCisRow(inspection, audit, resource);
  for (const key of ['gates', 'audits', 'onChange']) {
    for (const check of items(child(resource, key))) inspectCheck(inspection, check);
  }
}

function inspectPath(inspection: Inspection, node: SourceNode | undefined): void {
  const text = literal(inspection, node);
  // What does not begin with / was already refused by the schema.
  if (node === undefined || text === null || !text.startsWith('/')) return;
  const problem = hostPathProblem(text);
  if (problem !== null) complain(inspection, 'SP1301', node, problem.message, problem.help);
}

/** Each kind has one rule without copies; the other one would promise what cannot be kept, or what it keeps anyway. */
function inspectRecord(
  inspection: Inspection,
  kind: string | null,
  node: SourceNode | undefined,
): void {
  const rule = literal(inspection, node);
  if (node === undefined) return;
  if (kind === 'manifest' && rule === 'digest') {
    const message = 'flags cannot be recorded by digest: their values are what is compared';
    complain(inspection, 'SP3046', node, message, 'write items: no copies of the file are kept');
  }
  if (kind === 'file' && rule === 'items') {
    const message = 'a file is recorded in full or by digest: it has no items with values';
    complain(inspection, 'SP3046', node, message, 'write digest');
  }
}

/** Exactly one of source, content and absent; no mode for what must not exist. */
function inspectContent(inspection: Inspection, { keySpan, value: resource }: MapEntry): void {
  if (resource.type !== 'map') return;
  const given = ['source', 'content', 'absent'].flatMap((key) => resource.entries.get(key) ?? []);
  const [first, second] = given;
  if (first === undefined) {
    const help = 'give the content by source or content, or say absent: true';
    complain(inspection, 'SP1212', keySpan, 'this file has no content', help);
  } else if (second !== undefined) {
    const message = `${quoted(second.key)} and ${quoted(first.key)} exclude each other`;
    complain(inspection, 'SP1212', second.keySpan, message, 'keep one of them');
  }
  const mode = resource.entries.get('mode');
  if (mode !== undefined && resource.entries.has('absent')) {
    complain(inspection, 'SP1212', mode.keySpan, 'a file that must not exist has no mode');
  }
  const source = child(resource, 'source');
  const text = literal(inspection, source);
  if (source === undefined || text === null || text === '') return;
  const result = workspacePath(text);
  if ('message' in result) complain(inspection, 'SP1302', source, result.message, result.help);
}

function inspectFlag(inspection: Inspection, { key, keySpan, value }: MapEntry): void {
  if (value.type === 'scalar') {
    if (value.value === null && value.text === '') {
      const help = 'write null when the flag must not be set, or "" for an empty value';
      complain(inspection, 'SP1308', keySpan, `flag ${quoted(key)} has no value`, help);
    }
    return;
  }
  if (value.type !== 'map') return;
  const mixed = value.entries.get('entries');
  if (mixed !== undefined && value.entries.size > 1) {
    const message = '"entries" excludes "include" and "exclude"';
    complain(
      inspection,
      'SP1212',
      mixed.keySpan,
      message,
      'entries is for map flags (a=b,c=d), the others for list flags',
    );
  }
  inspectElements(inspection, child(value, 'include'), child(value, 'exclude'));
}

function inspectElements(
  inspection: Inspection,
  include: SourceNode | undefined,
  exclude: SourceNode | undefined,
): void {
  const seen = new Map<string, 'include' | 'exclude'>();
  for (const [list, node] of [
    ['include', include],
    ['exclude', exclude],
  ] as const) {
    for (const item of items(node)) {
      if (
        item.type !== 'scalar' ||
        (typeof item.value === 'string' && literal(inspection, item) === null)
      )
        continue;
      const before = seen.get(item.text);
      if (before === undefined) seen.set(item.text, list);
      else {
        const where = before === list ? `twice in ${list}` : 'in include and in exclude';
        complain(
          inspection,
          'SP1304',
          item,
          `element ${quoted(item.text)} is ${where}`,
          'remove one of them',
        );
      }
    }
  }
}
