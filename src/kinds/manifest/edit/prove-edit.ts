import { isDeepStrictEqual } from 'node:util';
import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { asMap } from '../pod/check-pod.ts';
import { readCommandLine } from '../flags/command-line.ts';
import type { CommandLine } from '../flags/command-line.ts';
import { readContainer } from '../pod/container.ts';
import type { Container } from '../pod/container.ts';
import type { Operation } from './edit-operation.ts';
import { otherArguments, touchedTokens, untouchedBytes, untouchedItems } from './edit-residue.ts';
import { decodeAsKubelet, parsePod } from '../pod/parse-pod.ts';
import type { PodSource } from '../pod/parse-pod.ts';
import { provePlanned } from './prove-planned.ts';
import { refusal } from '../../../structured/refusal.ts';

/**
 * Proves an edit without trusting the code that made it: the new text parses without errors or warnings; decoded by YAML 1.2
 * and as the kubelet decodes, old and new differ only in the planned flags; those have the planned values; every byte outside
 * the planned items' lines is the same, comments and anchors included. Returns why not (SP2023); empty when proved.
 */
export function proveEdit(
  before: string,
  after: string,
  operations: readonly Operation[],
  path: string,
): Diagnostic[] {
  const [old, now] = [parsePod(before, path), parsePod(after, path)];
  if (!old.ok) return [...old.diagnostics];
  if (!now.ok) return [unsafe(path, `the result would not parse: ${reasons(now.diagnostics)}`)];
  const names = [...new Set(operations.map((one) => one.target.container))];
  const problems = names.flatMap((name) => {
    const own = operations.filter((one) => one.target.container === name);
    return proveContainer(old.value, now.value, name, own);
  });
  if (!sameOutside(old.value, now.value, names)) problems.push('something else would change');
  return problems.map((problem) => unsafe(path, problem));
}

function proveContainer(
  old: PodSource,
  now: PodSource,
  name: string,
  operations: readonly Operation[],
): string[] {
  const [before, after] = [lineOf(old, name), lineOf(now, name)];
  if (before === null || after === null) return [`container ${name} would not be readable`];
  const flags = new Set(operations.map((one) => one.target.flag));
  const problems = provePlanned(before, after, operations);
  if (!isDeepStrictEqual(untouchedItems(before, flags), untouchedItems(after, flags))) {
    problems.push('other items of the command line would change');
  }
  if (!isDeepStrictEqual(otherArguments(before, flags), otherArguments(after, flags))) {
    problems.push('another flag would get another value');
  }
  if (untouchedBytes(before, flags) !== untouchedBytes(after, flags)) {
    problems.push('bytes outside the planned items would change');
  }
  const [tailsBefore, tailsAfter] = [touchedTokens(before, flags), touchedTokens(after, flags)];
  for (const [flag, comment] of tailsBefore) {
    const kept = tailsAfter.get(flag);
    if (kept !== undefined && kept !== comment)
      problems.push(`the comment after --${flag} would change`);
  }
  return problems;
}

function sameOutside(old: PodSource, now: PodSource, names: readonly string[]): boolean {
  const pairs = [
    [old.pod, now.pod],
    [decodeAsKubelet(old.text), decodeAsKubelet(now.text)],
  ];
  const containers = names.flatMap((name) => {
    const found = readContainer(old, name);
    return found.ok ? [found.value] : [];
  });
  return pairs.every(([a, b]) => {
    if (asMap(a) === null || asMap(b) === null) return false;
    return isDeepStrictEqual(withoutLists(a, containers), withoutLists(b, containers));
  });
}

/** The decoded pod without `command` and `args` of the edited containers. */
function withoutLists(pod: unknown, containers: readonly Container[]): unknown {
  const copy: unknown = structuredClone(pod);
  for (const container of containers) {
    const group = asMap(asMap(copy)?.['spec'])?.[container.group];
    const own = Array.isArray(group) ? asMap(group[container.index]) : null;
    if (own !== null) Object.assign(own, { command: null, args: null });
  }
  return copy;
}

function lineOf(source: PodSource, name: string): CommandLine | null {
  const container = readContainer(source, name);
  const line = container.ok ? readCommandLine(container.value) : container;
  return line.ok ? line.value : null;
}

function reasons(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map((one) => one.message).join('; ');
}

function unsafe(path: string, problem: string): Diagnostic {
  const help = 'nothing was changed; edit this manifest by hand and please report the file';
  return refusal('SP2023', path, `the edit would not be safe: ${problem}`, help);
}
