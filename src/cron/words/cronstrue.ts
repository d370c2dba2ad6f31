/** The one place that loads cronstrue, itself loaded only when a schedule is put into words. */
import cronstrue from 'cronstrue';

/**
 * An expression of fields that mean the same to everybody: values, lists, ranges, and steps that fill the hour or the day evenly.
 * What cronstrue does not know, dialects, how days go together, uneven steps, must not come here.
 */
export function cronstrueWords(expression: string): string {
  return cronstrue.toString(expression, {
    use24HourTimeFormat: true,
    throwExceptionOnParseError: true,
  });
}
