/** The most that `--wait-limit` can be: 31 days, in milliseconds. */
export const LONGEST_WAIT = 31 * 24 * 3_600_000;
