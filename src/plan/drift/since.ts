/** When a difference came about, as far as is known. ISO 8601, UTC; `null` = not known. */
export interface DriftSince {
  /** The run that last wrote the file began then: the difference is younger. */
  readonly after: string | null;
  /** By the word of the file system it was there then. */
  readonly before: string | null;
}

/** ISO 8601, UTC; `null` = not known. */
export interface KnownTimes {
  readonly recorded: string | null;
  /** Time of the last change of content; can be set to anything. */
  readonly modified: string | null;
  /** Time of the last change of anything; cannot be set, but the clock can have jumped. */
  readonly changed: string | null;
}

/**
 * The time of the content is the better bound, unless it cannot be true: from before the run, or after the time that cannot be
 * set. A bound from before the run is none.
 */
export function driftSince({ recorded, modified, changed }: KnownTimes): DriftSince {
  const before = [modified, changed].find(
    (time) => time !== null && time >= (recorded ?? '') && (changed === null || time <= changed),
  );
  return { after: recorded, before: before ?? null };
}
