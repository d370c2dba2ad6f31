/** What `setpoint explain CODE` prints. */
export interface CodeEntry {
  /** One line, lower case, no full stop. */
  readonly title: string;
  /** What happened, why setpoint stops, what to do. Plain paragraphs. */
  readonly explanation: string;
}
