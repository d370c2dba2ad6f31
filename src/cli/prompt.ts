import { createInterface } from 'node:readline';

/** Whether a person can be asked: both ends are a terminal, and it is not the dumb terminal of an editor or a log. */
export function canPrompt(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}

/**
 * One line from a person; the question goes to stderr so that stdout stays data. End of input and an aborted signal give
 * `null`. The terminal stays in line mode: Ctrl-C is a signal as everywhere else, not a character.
 */
export function ask(question: string, signal: AbortSignal): Promise<string | null> {
  return new Promise((resolve) => {
    const lines = createInterface({ input: process.stdin, terminal: false, signal });
    let answer: string | null = null;
    // A terminal that goes away gives a read error: that is no answer either.
    const gone = (): void => lines.close();
    process.stdin.once('error', gone);
    lines.once('line', (line) => {
      answer = line;
      lines.close();
    });
    lines.once('close', () => {
      process.stdin.off('error', gone).pause();
      resolve(answer);
    });
    process.stderr.write(question);
  });
}
