import { fail, ok } from '../../../diagnostics/diagnostic.ts';
import type { Result } from '../../../diagnostics/diagnostic.ts';
import { flagsNamed } from './command-line.ts';
import type { CommandLine } from './command-line.ts';
import type { FlagToken } from './token.ts';
import { obstacleOf } from './flag-obstacle.ts';
import { isSegment, splitSegments } from './flag-segments.ts';
import type { SegmentTarget } from './flag-segments.ts';
import { knownFlags } from './known-flag.ts';
import type { KnownFlag } from '../../../catalogue/flag-facts.ts';
import { refusal } from '../../../structured/refusal.ts';

/**
 * A flag whose occurrences add up: the parts of all of them count (`list`, `map`), or each occurrence is one part, commas or not
 * (`array`; also where it is given once or not at all).
 */
export interface RepeatedFlag {
  readonly name: string;
  readonly by: 'parts' | 'occurrences';
  readonly occurrences: readonly Occurrence[];
}

export interface Occurrence {
  readonly token: FlagToken;
  readonly parts: readonly string[];
}

/**
 * A flag that has to be read over its occurrences; `null` for one that is given once at most, and is no array. Fails with SP2017 where
 * the type is not known, or only the last occurrence counts, with SP2021, and where an occurrence cannot be edited (see obstacleOf).
 */
export function repeatedFlag(line: CommandLine, name: string): Result<RepeatedFlag | null> {
  const tokens = flagsNamed(line, name);
  const known = knownFlags(line.container)(name);
  const by = known?.type === 'array' ? 'occurrences' : 'parts';
  if (by === 'parts' && tokens.length < 2) return ok(null);
  if (known === null || known.repeat === 'replace') return fail(repetition(line, tokens, known));
  const occurrences: Occurrence[] = [];
  for (const token of tokens) {
    const parts = partsOf(line, token, by);
    if (!parts.ok) return parts;
    occurrences.push({ token, parts: parts.value });
  }
  return ok({ name, by, occurrences });
}

/** SP2017: why a repeated flag cannot be managed as it is. */
export function repetition(
  line: CommandLine,
  tokens: readonly FlagToken[],
  known: KnownFlag | null,
) {
  const { path, text } = line.container.source;
  const spot = { path, text, offset: tokens[1]?.item.start ?? 0 };
  const name = `--${tokens[0]?.name}`;
  const what = `${name} is given ${tokens.length} times`;
  if (known === null) {
    const help = 'some flags add up, others override; write it once, or leave it unmanaged';
    return refusal('SP2017', spot, what, help);
  }
  if (known.repeat === 'replace') {
    const help = `only the last one counts: remove the others by hand, they do nothing`;
    return refusal('SP2017', spot, what, help);
  }
  const parts = known.type === 'map' ? '`entries`' : '`include` and `exclude`';
  const help = `they add up: declare what it must hold by ${parts}, or write it once`;
  return refusal('SP2017', spot, what, help);
}

/** Which occurrence holds a part, and where in it; `null` when none does. Fails with SP2021 when several do. */
export function homeOf(
  line: CommandLine,
  flag: RepeatedFlag,
  target: SegmentTarget,
): Result<{ readonly occurrence: number; readonly part: number } | null> {
  const homes = flag.occurrences.flatMap(({ parts }, occurrence) =>
    parts.flatMap((one, part) => (isSegment(one, target) ? [{ occurrence, part }] : [])),
  );
  if (homes.length < 2) return ok(homes[0] ?? null);
  const { path, text } = line.container.source;
  const offset = flag.occurrences[homes[1]?.occurrence ?? 0]?.token.item.start ?? 0;
  const what = `--${flag.name} lists "${target.part}" ${homes.length} times`;
  return fail(refusal('SP2021', { path, text, offset }, what, 'correct it by hand'));
}

function partsOf(
  line: CommandLine,
  token: FlagToken,
  by: RepeatedFlag['by'],
): Result<readonly string[]> {
  const { path, text } = line.container.source;
  const spot = { path, text, offset: token.item.start };
  const obstacle = obstacleOf(line, token);
  if (obstacle !== null) return fail(obstacle);
  const { value } = token;
  const parts = value === null || by === 'occurrences' ? value : splitSegments(value);
  if (parts !== null) return ok(typeof parts === 'string' ? [parts] : parts);
  const what = `the value of ${token.spelled} is not a plain comma-separated list`;
  return fail(refusal('SP2021', spot, what, 'correct it by hand'));
}
