/**
 * Where recorded state lies in a commit's tree:
 *
 *   host.json                            {formatVersion, host, hostId}
 *   managed/<encoded host path>.json     one managed file
 *   files/<encoded host path>            its copy as last verified
 *   original/<encoded host path>         its copy from before management
 *   seen/<encoded name>.json             a file that plans name and nobody manages yet
 *   seen-files/<encoded name>            its copy
 *   plans/<workspace>/<plan>.json        one plan's record
 *   workspace/<workspace>/<plan>/<sha256> a workspace file that its gates and actions need
 *
 * Directories stay directories. Inside a component `%XX` (UTF-8 bytes) stands for `%`, `\`, control and format characters,
 * and for the first letter of names that git or its clients refuse (`.`, `..`, `.git…`, `git~…` in any case); `%uXXXX` for a
 * lone surrogate. A managed `/a` beside a managed `/a/b` cannot both be `files/a`: there the file is `files/a%file` (no
 * encoded component can end so). Records never clash: a directory of theirs that ends in `.json` has its dot encoded.
 */
import type { HostPath, PlanName, WorkspaceName } from '../../model/brand.ts';

export const HOST_FILE = 'host.json';
export const MANAGED = 'managed';
export const SEEN = 'seen';
export const PLANS = 'plans';
export const WORKSPACE_FILES = 'workspace';

/** The sections that hold copies of file contents. */
export type CopySection = 'files' | 'original' | 'seen-files';

const CLASH_SUFFIX = '%file';
const ESCAPED = /[%\\\p{Cc}\p{Cf}]|[\uD800-\uDFFF]/gu;
/** Refused or specially treated by git, its fsck or its clients on other systems. */
const REFUSED = /^(?:\.{1,2}$|\.git|git~)/i;

/** Tree name of a managed file's record. */
export function managedName(path: HostPath): string {
  return recordName(MANAGED, path);
}

/** Tree name of the record of a file that was only seen, by the name that plans use. */
export function seenName(declared: HostPath): string {
  return recordName(SEEN, declared);
}

function recordName(section: string, path: HostPath): string {
  const components = encodedComponents(path);
  const directories = components.slice(0, -1).map((name) => name.replace(/\.json$/, '%2Ejson'));
  return `${[section, ...directories, components.at(-1) ?? ''].join('/')}.json`;
}

/** Path of a record's tree name, or null when the name is not one of a record. */
export function managedPath(name: string): HostPath | null {
  const match = /^managed\/(.+)\.json$/s.exec(name);
  return match?.[1] === undefined ? null : decodePath(match[1]);
}

export function planRecordName(workspace: WorkspaceName, plan: PlanName): string {
  return `${PLANS}/${encodeComponent(workspace)}/${encodeComponent(plan)}.json`;
}

/** Tree name of the folder with the copies of workspace files that a plan's record needs. */
export function workspaceFolder(workspace: WorkspaceName, plan: PlanName): string {
  return `${WORKSPACE_FILES}/${encodeComponent(workspace)}/${encodeComponent(plan)}`;
}

/** Names under which a file's copy can be stored, the usual one first. */
export function copyCandidates(section: CopySection, path: HostPath): readonly [string, string] {
  const name = `${section}/${encodedComponents(path).join('/')}`;
  return [name, name + CLASH_SUFFIX];
}

/** Path of a copy's tree name, or null when the name is not in `section`. */
export function copyPath(section: CopySection, name: string): HostPath | null {
  if (!name.startsWith(`${section}/`)) return null;
  const encoded = name.slice(section.length + 1);
  return decodePath(
    encoded.endsWith(CLASH_SUFFIX) ? encoded.slice(0, -CLASH_SUFFIX.length) : encoded,
  );
}

/** The tree name of every path of one section: the usual one unless another path of the set lies beneath it. */
export function copyNames(
  section: CopySection,
  paths: Iterable<HostPath>,
): ReadonlyMap<HostPath, string> {
  const all = [...paths];
  const directories = new Set<string>();
  for (const path of all) {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      const directory = path.slice(0, at);
      if (directories.has(directory)) break;
      directories.add(directory);
    }
  }
  return new Map(
    all.map((path) => {
      const [usual, clash] = copyCandidates(section, path);
      return [path, directories.has(path) ? clash : usual];
    }),
  );
}

function encodedComponents(path: HostPath): string[] {
  return path.slice(1).split('/').map(encodeComponent);
}

function encodeComponent(name: string): string {
  const escaped = name.replace(ESCAPED, escapeCharacter);
  return REFUSED.test(name) ? escapeCharacter(name.slice(0, 1)) + escaped.slice(1) : escaped;
}

function escapeCharacter(character: string): string {
  const code = character.charCodeAt(0);
  if (character.length === 1 && code >= 0xd800 && code <= 0xdfff) {
    return `%u${code.toString(16).toUpperCase()}`;
  }
  return [...Buffer.from(character, 'utf8')]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
}

function decodePath(encoded: string): HostPath | null {
  try {
    const path = encoded
      .split(/%u([0-9A-F]{4})/)
      .map((part, i) =>
        i % 2 === 1 ? String.fromCharCode(Number.parseInt(part, 16)) : decodeURIComponent(part),
      )
      .join('');
    return `/${path}` as HostPath;
  } catch {
    return null;
  }
}
