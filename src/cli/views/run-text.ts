/** When a schedule fires, for people: `2026-03-30 02:30:00+02:00`. */
export function runText(run: string): string {
  return run.replace('T', ' ');
}
