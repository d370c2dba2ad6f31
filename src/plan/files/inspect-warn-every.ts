import { quoted } from '../../diagnostics/printable.ts';
import type { Millis } from '../../model/brand.ts';
import { parseDuration } from './duration.ts';
import { complain, literal, type Inspection } from './inspection.ts';
import type { SourceNode } from './source-tree.ts';

const SHORTEST = 60_000;
const LONGEST = 24 * 3_600_000;
/** A minute that was forgotten (`* 3 * * *`), and no step that somebody chose. */
const DEFAULT = 120_000 as Millis;

/** What the schema cannot say of `schedules.warnEvery` (SP2285). */
export function inspectWarnEvery(inspection: Inspection, node: SourceNode | undefined): void {
  const text = literal(inspection, node);
  const time = text === null ? null : parseDuration(text);
  if (node === undefined || time === null || (time >= SHORTEST && time <= LONGEST)) return;
  const message = `a distance of ${quoted(text ?? '')} is too ${time < SHORTEST ? 'short' : 'long'}`;
  complain(inspection, 'SP2285', node, message, 'write 1m to 24h');
}

export function warnEveryOf({ warnEvery = '' }: { readonly warnEvery?: string }): Millis {
  return parseDuration(warnEvery) ?? DEFAULT;
}
