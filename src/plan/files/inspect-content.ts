import { quoted } from '../../diagnostics/printable.ts';
import { complain, literal, type Inspection } from './inspection.ts';
import { workspacePath } from './paths.ts';
import { child, type MapEntry } from './source-tree.ts';

/** Exactly one of source, content and absent; no mode for what must not exist. */
export function inspectContent(
  inspection: Inspection,
  { keySpan, value: resource }: MapEntry,
): void {
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
