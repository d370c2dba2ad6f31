import { writeSync } from 'node:fs';

/** One line of the log on standard output. A full disk under the log must not keep anything from being restored. */
export function say(text: string): void {
  try {
    writeSync(1, `${new Date().toISOString()} [${String(process.pid)}] ${text}\n`);
  } catch {
    // See above.
  }
}
