/** A field as cron-parser read it, `H` resolved; `L` and `5L` stand among the values. */
export interface ParsedField {
  readonly values: readonly (number | string)[];
  /** It is `*` or `?`, and nothing else. */
  readonly star: boolean;
}

export type ParsedFields = Readonly<
  Record<'second' | 'minute' | 'hour' | 'dayOfMonth' | 'month' | 'dayOfWeek', ParsedField>
> & {
  /** Which of the weekday's in the month; 0: each. */
  readonly nth: number;
};

export function numbersOf({ values }: ParsedField): readonly number[] {
  return values.filter((value) => typeof value === 'number');
}
