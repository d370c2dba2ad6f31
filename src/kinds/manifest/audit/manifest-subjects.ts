import { isOfBenchmark } from '../../../catalogue/cis/row.ts';
import { expand, literalEnvironment } from '../pod/argv.ts';
import { asMap } from '../pod/check-pod.ts';
import { hasTemplateText } from '../flags/command-line.ts';
import { likelyComponent } from '../pod/component.ts';
import { decodeAsKubelet } from '../pod/parse-pod.ts';
import type { JsonMap } from '../pod/parse-pod.ts';
import { findArgumentStart } from '../pod/wrapper.ts';
import type { Argument } from './argument.ts';
import type { Subject } from './subject.ts';

/**
 * The control-plane components that a static pod's manifest runs; none when it is something else. The text is read as the kubelet
 * reads it, so that manifests which setpoint refuses to edit (fixed uid, anchors, several documents) can be audited, too. `null`
 * when the kubelet could not read it either.
 */
export function manifestSubjects(text: string, path: string): readonly Subject[] | null {
  const pod = asMap(decodeAsKubelet(text.replace(/^\uFEFF/, '')));
  if (pod === null) return null;
  const containers = pod['kind'] === 'Pod' ? asMap(pod['spec'])?.['containers'] : null;
  const lines = text.split(/\r?\n/);
  return (Array.isArray(containers) ? containers : []).flatMap((entry: unknown) => {
    const container = asMap(entry);
    const subject = container === null ? null : subjectOf(container, path, lines);
    return subject ?? [];
  });
}

function subjectOf(container: JsonMap, path: string, lines: readonly string[]): Subject | null {
  const image = textOf(container['image']);
  const name = textOf(container['name']) ?? '';
  const items = itemsOf(container);
  const environment = literalEnvironment(container);
  const given = items.texts.map((text) => argumentOf(text, environment, lines));
  const argv = given.map(({ text }) => text);
  const start = findArgumentStart(argv, items.hasCommand);
  const started = { argv, hasCommand: items.hasCommand, image: image ?? '' };
  const component = likelyComponent(started, name);
  if (component === null || !isOfBenchmark(component)) return null;
  const why =
    items.problem ??
    (start.kind === 'at' ? null : `it is started through ${start.program}`) ??
    (argv.some(hasTemplateText) ? 'the manifest is a template' : null);
  const known = why === null && items.hasCommand && given.every(({ unknown }) => !unknown);
  return {
    component,
    origin: { kind: 'manifest', path, container: name },
    arguments:
      why === null && start.kind === 'at'
        ? given.slice(start.index)
        : { unreadable: why ?? 'its arguments cannot be told' },
    environment,
    argv: known ? argv : null,
    image,
  };
}

function itemsOf(container: JsonMap): {
  readonly texts: readonly string[];
  readonly hasCommand: boolean;
  readonly problem: string | null;
} {
  const lists = ['command', 'args'].map((key) => container[key] ?? []);
  const items = lists.flatMap((list): readonly unknown[] => (Array.isArray(list) ? list : [null]));
  const texts = items.filter((item) => typeof item === 'string');
  const hasCommand = Array.isArray(lists[0]) && lists[0].length > 0;
  const problem =
    texts.length === items.length
      ? null
      : 'its command is not a list of texts, which the kubelet refuses';
  return { texts, hasCommand, problem };
}

function argumentOf(
  text: string,
  environment: ReadonlyMap<string, string | null>,
  lines: readonly string[],
): Argument {
  const expanded = expand(text, environment);
  const found = lines.findIndex((line) => line.includes(text) && !/^\s*#/.test(line));
  const line = found === -1 || text === '' ? null : found + 1;
  return { text: expanded.text, line, unknown: !expanded.known };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** The component that one container of a manifest runs, by its name; without a name the only one. */
export function subjectOfContainer(
  text: string,
  path: string,
  container: string | null,
): Subject | null {
  const subjects = manifestSubjects(text, path) ?? [];
  const found = subjects.filter(
    ({ origin }) =>
      container === null || (origin.kind === 'manifest' && origin.container === container),
  );
  return found.length === 1 ? (found[0] ?? null) : null;
}
