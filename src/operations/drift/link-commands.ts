import { posix } from 'node:path';

import { shellLine } from '../../diagnostics/shell-words.ts';
import type { Root } from '../../host/ports.ts';
import { resolvePath } from '../../host/resolve-path.ts';
import type { HostPath } from '../../model/brand.ts';
import type { LedElsewhere } from '../../model/drift.ts';
import type { ObservedFile } from '../../model/file-image.ts';
import type { RecordedState } from '../../model/recorded-state.ts';

export interface LinkQuestion {
  readonly led: LedElsewhere;
  readonly recorded: Pick<RecordedState, 'files'>;
  /** With the name in it. */
  readonly observed: ReadonlyMap<HostPath, ObservedFile>;
}

/** Shell commands that make a name lead to the recorded file again; none, where it cannot be told. Changes nothing. */
export function linkCommands(
  root: Pick<Root, 'dir' | 'toReal'>,
  question: LinkQuestion,
): readonly string[] {
  const { led, recorded } = question;
  const link = firstLink(root, led.name);
  const { linkText = null } = recorded.files.get(led.was) ?? {};
  return led.name === led.was
    ? withoutLink(root, link, isMoved(question))
    : withLink(root, led, linkText, link);
}

/** The name leads to a plain file with the recorded content that nobody manages: the file itself was moved there. */
function isMoved({ led, recorded: { files }, observed }: LinkQuestion): boolean {
  const content = observed.get(led.name)?.content;
  const { state = null } = files.get(led.was) ?? {};
  return content?.kind === 'file' && content.state.sha256 === state?.sha256 && !files.has(led.now);
}

interface Link {
  readonly at: HostPath;
  readonly leadsTo: HostPath;
}

/** The first symbolic link on the way, from the root on. */
function firstLink({ dir }: Pick<Root, 'dir'>, name: HostPath): Link | null {
  for (const at of [...directoriesOf(name).toReversed(), name]) {
    const { linkText, path } = resolvePath(dir, at);
    if (linkText !== null) return { at, leadsTo: path };
  }
  return null;
}

/** `/a/b`, `/a` of `/a/b/c`. */
function directoriesOf(path: HostPath): readonly HostPath[] {
  const parent = posix.dirname(path) as HostPath;
  return parent === '/' ? [] : [parent, ...directoriesOf(parent)];
}

/** Where what was moved is behind the link, it comes back; else `drift --restore` makes the file anew. */
function withoutLink(
  { toReal }: Pick<Root, 'toReal'>,
  link: Link | null,
  isMoved: boolean,
): readonly string[] {
  if (link === null) return [];
  const remove = shellLine(['rm', '--', toReal(link.at)]);
  if (!isMoved) return [remove];
  return [`${remove} && ${shellLine(['mv', '--', toReal(link.leadsTo), toReal(link.at)])}`];
}

function withLink(
  { dir, toReal }: Pick<Root, 'dir' | 'toReal'>,
  { name, was }: LedElsewhere,
  linkText: string | null,
  link: Link | null,
): readonly string[] {
  const place = linkText === null ? linkedDirectory(name, was, link) : { at: name, text: linkText };
  if (place === null) return [];
  const at = toReal(place.at);
  const found = resolvePath(dir, place.at);
  const isThere = found.linkText !== null || found.found.kind === 'entry';
  if (found.linkText !== null) return [shellLine(['ln', '-sfn', '--', place.text, at])];
  const make = shellLine(['ln', '-s', '--', place.text, at]);
  return [isThere ? `${shellLine(['mv', '--', at, `${at}.aside`])} && ${make}` : make];
}

/** The directory on the way that was the link: the one that is a link now, or the one beside the name. */
function linkedDirectory(
  name: HostPath,
  was: HostPath,
  link: Link | null,
): { readonly at: HostPath; readonly text: string } | null {
  const at = link === null || link.at === name ? (posix.dirname(name) as HostPath) : link.at;
  const rest = name.slice(at.length);
  if (!was.endsWith(rest) || was === rest) return null;
  const text = was.slice(0, -rest.length);
  return link?.leadsTo === text ? null : { at, text };
}
