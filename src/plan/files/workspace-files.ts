import { quoted } from '../../diagnostics/printable.ts';
import type { WorkspacePath } from '../../model/brand.ts';
import { sha256 } from '../../model/canonical-json.ts';
import type { WorkspaceFile } from '../../model/plan-file.ts';
import { complain, literal, type Inspection } from './inspection.ts';
import { workspacePath } from './paths.ts';
import { child, entries, items, type MapNode, type SourceNode } from './source-tree.ts';

/** Reads a file of the workspace; refuses what lies outside it, also through symlinks. */
export type ReadSource = (
  path: WorkspacePath,
) => { readonly bytes: Uint8Array; readonly executable: boolean } | { readonly problem: string };

export interface CollectedFiles {
  /** By path. */
  readonly files: readonly WorkspaceFile[];
  readonly bytes: ReadonlyMap<WorkspacePath, Uint8Array>;
}

interface Collection {
  readonly inspection: Inspection;
  readonly readSource: ReadSource;
  readonly files: Map<WorkspacePath, WorkspaceFile>;
  readonly bytes: Map<WorkspacePath, Uint8Array>;
}

type Need = 'source' | 'program' | 'file' | 'perhaps';

/**
 * Every workspace file that a run of the plan needs: sources, programs `./x`, other arguments `./x` that exist, and relative
 * ca, cert, key and kubeconfig. What cannot be read is a problem where it is named.
 */
export function collectWorkspaceFiles(
  inspection: Inspection,
  root: MapNode,
  readSource: ReadSource,
): CollectedFiles {
  const collection: Collection = { inspection, readSource, files: new Map(), bytes: new Map() };
  for (const { value: resource } of entries(child(root, 'resources'))) {
    collect(collection, child(resource, 'source'), 'source');
    collectSchema(collection, child(resource, 'schema'));
    for (const key of ['gates', 'audits', 'onChange']) {
      for (const check of items(child(resource, key))) collectCheck(collection, check);
    }
  }
  for (const gate of items(child(root, 'gates'))) collectCheck(collection, gate);
  const files = [...collection.files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  return { files, bytes: collection.bytes };
}

/** The word `none` names no file. */
function collectSchema(collection: Collection, node: SourceNode | undefined): void {
  if (literal(collection.inspection, node) !== 'none') collect(collection, node, 'source');
}

function collectCheck(collection: Collection, check: SourceNode): void {
  for (const [index, argument] of items(child(check, 'run')).entries()) {
    const text = literal(collection.inspection, argument);
    if (text?.startsWith('./') !== true) continue;
    collect(collection, argument, index === 0 ? 'program' : 'perhaps');
  }
  for (const key of ['ca', 'cert', 'key', 'kubeconfig']) {
    const node = child(check, key);
    if (literal(collection.inspection, node)?.startsWith('/') === false) {
      collect(collection, node, 'file');
    }
  }
}

function collect(collection: Collection, node: SourceNode | undefined, need: Need): void {
  const text = literal(collection.inspection, node);
  const named = text === null || text === '' ? null : workspacePath(text);
  if (node === undefined || named === null || !('path' in named)) return;
  const source = collection.readSource(named.path);
  if ('problem' in source) {
    // An argument may only look like a path.
    if (need === 'perhaps') return;
    const message = `${quoted(named.path)} cannot be used: ${source.problem}`;
    complain(collection.inspection, 'SP1303', node, message);
    return;
  }
  if (need === 'program' && !source.executable) {
    const help = `chmod +x ${named.path}, and commit it`;
    complain(
      collection.inspection,
      'SP1303',
      node,
      `${quoted(named.path)} is not executable`,
      help,
    );
    return;
  }
  collection.bytes.set(named.path, source.bytes);
  const { executable } = source;
  collection.files.set(named.path, { path: named.path, sha256: sha256(source.bytes), executable });
}
