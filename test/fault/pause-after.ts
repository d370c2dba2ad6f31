/**
 * Milliseconds to wait after a race was lost for the `lost`th time in a row: at random up to a bound that doubles. Without it, each of
 * many writers makes all others lose, and the work grows with the square.
 */
export function pauseAfter(lost: number, first = 20, most = 2000): number {
  return Math.round(Math.random() * Math.min(most, first * 2 ** Math.min(lost, 12)));
}
