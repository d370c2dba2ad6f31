import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { readKubernetes } from '../../cron/kubernetes/read-kubernetes.ts';
import type { ZoneOffset } from '../../cron/zone/zone-offset.ts';
import { quoted } from '../../diagnostics/printable.ts';
import { openingsOf } from '../windows/openings.ts';
import { readPlanPattern } from '../windows/plan-pattern.ts';
import { clocksOfZones, type Clocks } from '../windows/window-cover.ts';
import { parseDuration } from './duration.ts';
import { complain, literal, type Inspection } from './inspection.ts';
import { report, type SourceFile, type Span } from './source-file.ts';
import { child, items, type SourceNode } from './source-tree.ts';

const SHORTEST = 60_000;
const LONGEST = 366 * 24 * 3_600_000;
/** A year in which every schedule that ever fires does so within the years that are looked at. */
const SOME_TIME = 0;

/** What the schema cannot say of `windows:`. Gives warnings: windows that never begin. */
export function inspectWindows(
  inspection: Inspection,
  list: SourceNode | undefined,
): readonly Diagnostic[] {
  const names = new Set<string>();
  const warnings: Diagnostic[] = [];
  const clocks = clocksOfZones();
  for (const window of items(list)) {
    inspectName(inspection, child(window, 'name'), names);
    inspectLength(inspection, child(window, 'for'));
    for (const pattern of items(child(window, 'plans'))) inspectPattern(inspection, pattern);
    const offset = inspectZone(inspection, child(window, 'zone'), clocks);
    const [allow, deny] = [child(window, 'allow'), child(window, 'deny')];
    if (window.type === 'map' && (allow === undefined) === (deny === undefined)) {
      const message = `this window has ${allow === undefined ? 'neither "allow" nor "deny"' : 'both "allow" and "deny"'}`;
      const at = deny ?? child(window, 'name') ?? window;
      complain(inspection, 'SP1410', at, message, 'give one of them, with a schedule');
    }
    for (const schedule of [allow, deny]) {
      warnings.push(...inspectSchedule(inspection, schedule, offset));
    }
  }
  return warnings;
}

function inspectName(inspection: Inspection, node: SourceNode | undefined, names: Set<string>) {
  const name = literal(inspection, node);
  if (node === undefined || name === null) return;
  if (names.has(name)) {
    complain(inspection, 'SP1416', node, `there is a window ${quoted(name)} already`);
  }
  names.add(name);
}

function inspectLength(inspection: Inspection, node: SourceNode | undefined): void {
  const text = literal(inspection, node);
  const time = text === null ? null : parseDuration(text);
  if (node === undefined || time === null || (time >= SHORTEST && time <= LONGEST)) return;
  const message = `a window of ${quoted(text ?? '')} is too ${time < SHORTEST ? 'short' : 'long'}`;
  complain(inspection, 'SP1413', node, message, 'write 1m to 8784h');
}

function inspectPattern(inspection: Inspection, node: SourceNode): void {
  const pattern = literal(inspection, node);
  const problem = pattern === null || pattern === '' ? null : readPlanPattern(pattern).problem;
  if (problem === null) return;
  const help = 'write a glob on names of plans, or on PLAN/RESOURCE: apiserver-*, db/nightly-*';
  complain(inspection, 'SP1415', node, `this pattern is not valid: ${problem}`, help);
}

function inspectZone(
  inspection: Inspection,
  node: SourceNode | undefined,
  clocks: Clocks,
): ZoneOffset | null {
  const zone = literal(inspection, node);
  if (node === undefined || zone === null || zone === '') return null;
  // As Kubernetes does: `Local` would mean another zone on each machine.
  const offset = clocks(zone);
  if (offset === null) {
    const message = `there is no time zone ${quoted(zone)}`;
    complain(inspection, 'SP1412', node, message, 'write an IANA name: Europe/Berlin, UTC');
  }
  return offset;
}

function inspectSchedule(
  inspection: Inspection,
  node: SourceNode | undefined,
  offset: ZoneOffset | null,
): readonly Diagnostic[] {
  const text = literal(inspection, node);
  if (node === undefined || text === null || text === '') return [];
  const { file } = inspection;
  const reading = readKubernetes(text);
  if (!reading.ok) {
    for (const { column, length, message, help } of reading.problems) {
      complain(inspection, 'SP1411', spanIn(file, node, text, { column, length }), message, help);
    }
    return [];
  }
  if (reading.schedule.kind !== 'calendar') {
    const message = `${quoted(text)} has no place in a day`;
    complain(inspection, 'SP1411', node, message, 'write five fields: 0 22 * * 1-5');
    return [];
  }
  if (offset === null || openingsOf(reading.schedule.fields, offset).next(SOME_TIME) !== null) {
    return [];
  }
  const message = `no date fits ${quoted(text)}: this window never begins`;
  const help = 'correct the schedule, or remove the window';
  return [{ ...report(file, 'SP1414', node, message, help), severity: 'warning' }];
}

/** A part of a text value as it stands in the file; the whole value where it is written with escapes or over several lines. */
function spanIn(
  file: SourceFile,
  node: Span,
  text: string,
  { column, length }: { readonly column: number; readonly length: number },
): Span {
  const at = file.text.slice(node.start, node.end).indexOf(text);
  if (at === -1) return node;
  const start = node.start + at + column - 1;
  return { start, end: start + length };
}
