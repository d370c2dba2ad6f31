import { quoted } from '../../diagnostics/printable.ts';
import { hasTemplateText } from '../../kinds/manifest/flags/command-line.ts';
import { hasAmbiguousCharacter } from '../../kinds/manifest/text/source-text.ts';
import { complain, literal, type Inspection } from './inspection.ts';
import { hostPathProblem } from './paths.ts';
import { child, items, type MapEntry, type SourceNode } from './source-tree.ts';

/** What the schema cannot say of a manifest resource's mounts, and that it declares anything at all. */
export function inspectMounts(
  inspection: Inspection,
  { keySpan, value: resource }: MapEntry,
): void {
  const list = child(resource, 'mounts');
  if (list === undefined && child(resource, 'flags') === undefined) {
    const help = 'give it flags or mounts, or take it out';
    complain(inspection, 'SP2080', keySpan, 'this manifest resource declares nothing', help);
  }
  const places = new Set<string>();
  const volumes = new Map<string, Readonly<Record<'type' | 'name', string | null>>>();
  for (const mount of items(list)) {
    const [path, hostPath] = [child(mount, 'path'), child(mount, 'hostPath')];
    for (const node of [path, hostPath]) inspectMountPath(inspection, node);
    const place = literal(inspection, path);
    if (path === undefined || place === null) continue;
    if (place.includes(':')) {
      const help = 'Kubernetes takes no colon in the path of a mount';
      complain(inspection, 'SP2080', path, 'the path of this mount has a colon', help);
    }
    if (places.has(place)) {
      const message = `${quoted(place)} is mounted twice`;
      complain(inspection, 'SP2080', path, message, 'keep one of the two');
    }
    places.add(place);
    inspectVolume(inspection, mount, hostPath ?? path, volumes);
  }
}

/** One path of the host is one volume. */
function inspectVolume(
  inspection: Inspection,
  mount: SourceNode,
  hostPath: SourceNode,
  volumes: Map<string, Readonly<Record<'type' | 'name', string | null>>>,
): void {
  const path = literal(inspection, hostPath);
  if (path === null) return;
  const [type, name] = [child(mount, 'type'), child(mount, 'name')];
  const said = { type: literal(inspection, type), name: literal(inspection, name) };
  const before = volumes.get(path) ?? { type: null, name: null };
  for (const [key, node] of [
    ['type', type],
    ['name', name],
  ] as const) {
    if (node === undefined || before[key] === null || before[key] === said[key]) continue;
    const message = `${quoted(path)} has another ${key} in an earlier mount`;
    const help = `one path of the host is one volume: say the same ${key}, or say it once`;
    complain(inspection, 'SP2080', node, message, help);
  }
  volumes.set(path, { type: before.type ?? said.type, name: before.name ?? said.name });
}

function inspectMountPath(inspection: Inspection, node: SourceNode | undefined): void {
  const text = literal(inspection, node);
  // What does not begin with / was already refused by the schema.
  if (node === undefined || text === null || !text.startsWith('/')) return;
  const problem = hostPathProblem(text);
  if (problem !== null) complain(inspection, 'SP1301', node, problem.message, problem.help);
  else if (hasAmbiguousCharacter(text) || hasTemplateText(text)) {
    const message = 'this path holds a control character or template text';
    complain(inspection, 'SP2080', node, message, 'write the finished path');
  }
}
