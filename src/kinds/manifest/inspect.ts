import { fail, ok } from '../../diagnostics/diagnostic.ts';
import type { Result } from '../../diagnostics/diagnostic.ts';
import type { FileImage } from '../../model/file-image.ts';
import { argvOf } from './pod/argv.ts';
import { checkFlagValue, checkPart } from './flags/check-flag.ts';
import { flagsNamed, readCommandLine } from './flags/command-line.ts';
import type { CommandLine } from './flags/command-line.ts';
import { fixedUid } from './companions/uid/fixed-uid.ts';
import { readContainer } from './pod/container.ts';
import { editableFlag } from './flags/editable-flag.ts';
import { segmentValue } from './flags/flag-segments.ts';
import type { SegmentTarget } from './flags/flag-segments.ts';
import { knownFlags } from './flags/known-flag.ts';
import { homeOf, repeatedFlag, repetition } from './flags/repeated-flag.ts';
import { readPod } from './pod/parse-pod.ts';

export interface InspectedFlag {
  /** Canonical name, without dashes. */
  readonly name: string;
  /** `null` for a bare `--flag`, and for one that is given several times. */
  readonly value: string | null;
  /** Of one that is given several times and adds up: what declares it. */
  readonly parts?: InspectedParts;
  /** Source text of the item, or of both, with quotes. */
  readonly raw: string;
}

export type InspectedParts =
  | { readonly include: readonly string[] }
  | { readonly entries: Readonly<Record<string, string>> };

export interface InspectedManifest {
  readonly container: string;
  /** The pod has a uid of its own: changes need `uid: renew`. */
  readonly fixedUid: boolean;
  /** Flags that can be managed, in order. */
  readonly flags: readonly InspectedFlag[];
  /** Arguments as the process gets them. */
  readonly argv: readonly string[];
  /** Why the other flags cannot be managed, one sentence each. */
  readonly unsupported: readonly string[];
}

/** What a manifest holds, for import and status. `container` null = the only one. Fails with SP2001–SP2015. */
export function inspectManifest(
  image: FileImage,
  container: string | null,
  path = 'manifest',
): Result<InspectedManifest> {
  const pod = readPod(image, path);
  const chosen = pod.ok ? readContainer(pod.value, container) : pod;
  if (!chosen.ok) return chosen;
  const line = readCommandLine(chosen.value);
  if (!line.ok) return line;
  return ok({
    container: chosen.value.name,
    fixedUid: fixedUid(chosen.value.source.pod) !== null,
    argv: argvOf(chosen.value),
    ...sortFlags(line.value, `${path}: `),
  });
}

function sortFlags(line: CommandLine, prefix: string) {
  const { text } = line.container.source;
  const flags: InspectedFlag[] = [];
  const unsupported = new Set<string>();
  const names = new Set<string>();
  for (const token of line.tokens) {
    if (token.kind === 'argument') {
      const isValue = line.tokens.some((one) => one.kind === 'flag' && one.follower === token.item);
      if (!isValue) unsupported.add(`"${token.item.text}" is not a flag`);
      continue;
    }
    const { name, value } = token;
    if (names.has(name)) continue;
    names.add(name);
    const raw = text.slice(token.item.start, (token.valueItem ?? token.item).end);
    const parts = flagsNamed(line, name).length > 1 ? repeatedParts(line, name) : null;
    const flag = parts ?? editableFlag(line, name);
    if (!flag.ok)
      for (const one of flag.diagnostics) unsupported.add(one.message.replace(prefix, ''));
    else if (parts?.ok) flags.push({ name, value: null, parts: parts.value, raw });
    else flags.push({ name, value, raw });
  }
  return { flags, unsupported: [...unsupported] };
}

/** What declares a flag that is given several times. Fails with SP2017, SP2019 and SP2021 where no plan can. */
function repeatedParts(line: CommandLine, name: string): Result<InspectedParts> {
  const { path } = line.container.source;
  const known = knownFlags(line.container)(name);
  const repeated = repeatedFlag(line, name);
  if (!repeated.ok) return repeated;
  if (repeated.value === null) return fail(repetition(line, flagsNamed(line, name), known));
  const parts = repeated.value.occurrences.flatMap((one) => one.parts);
  const isMap = known?.type === 'map';
  const targets = parts.map((part): SegmentTarget => {
    const own = { container: line.container.name, flag: name };
    const key = (part.split('=', 1)[0] ?? '').trim();
    return isMap ? { form: 'entry', ...own, part: key } : { form: 'element', ...own, part };
  });
  for (const target of targets) {
    const home = homeOf(line, repeated.value, target);
    if (!home.ok) return home;
    const check = repeated.value.by === 'occurrences' ? checkFlagValue : checkPart;
    const problems = check(path, name, target.part);
    if (problems.length > 0) return fail(...problems);
  }
  if (!isMap) return ok({ include: parts });
  const pairs = targets.map((target, index) => [
    target.part,
    segmentValue(parts[index] ?? '', target),
  ]);
  return ok({ entries: Object.fromEntries(pairs) as Record<string, string> });
}
