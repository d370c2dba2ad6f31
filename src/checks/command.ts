import path from 'node:path';
import type { CommandResult } from '../host/ports.ts';
import type { CommandCheck } from '../model/check.ts';
import type { Answer, Check, CheckContext, Pace } from './context.ts';
import { lastLine, oneLine, shortDuration } from './one-line.ts';
import { invalidExpression, unmet } from './text-expectation.ts';

/** Runs the argument array in the run's copy of the workspace and judges exit code and output (stdout, then stderr). */
export class CommandRun implements Check {
  readonly #spec: CommandCheck;
  readonly #context: CheckContext;
  readonly #pace: Pace;

  constructor(spec: CommandCheck, context: CheckContext, pace: Pace) {
    this.#spec = spec;
    this.#context = context;
    this.#pace = pace;
  }

  async attempt(signal: AbortSignal): Promise<Answer> {
    const invalid = invalidExpression(this.#spec.output);
    if (invalid !== null) return { good: false, fatal: true, detail: invalid };
    const { commands, directory } = this.#context;
    const { timeout } = this.#pace;
    const [program = '', ...rest] = this.#spec.run;
    const argv = [inDirectory(program, directory), ...rest];
    return this.#judge(await commands.run(argv, { cwd: directory, timeout, signal }));
  }

  #judge(result: CommandResult): Answer {
    const program = oneLine(this.#spec.run[0] ?? '', 60);
    if (result.spawnError !== null) {
      const detail = `${program} could not be started: ${oneLine(result.spawnError)}`;
      return { good: false, fatal: true, detail };
    }
    const said = lastLine(result.stderr) || lastLine(result.stdout);
    const tail = said === '' ? '' : `: ${said}`;
    if (result.timedOut) {
      const limit = shortDuration(this.#pace.timeout);
      return { good: false, detail: `${program} did not end within ${limit}${tail}` };
    }
    if (result.exitCode === null) {
      const detail = `${program} was ended by ${result.signal ?? 'a signal'}${tail}`;
      return { good: false, detail };
    }
    const expected = this.#spec.exitCode ?? 0;
    if (result.exitCode !== expected) {
      const wanted = expected === 0 ? '' : `, expected ${expected}`;
      return { good: false, detail: `${program} exited ${result.exitCode}${wanted}${tail}` };
    }
    const reason = unmet(this.#spec.output ?? {}, `${result.stdout}${result.stderr}`);
    if (reason !== null)
      return { good: false, detail: `the output of ${program} ${reason}${tail}` };
    return { good: true, detail: `${program} exited ${result.exitCode}${tail}` };
  }
}

/** A program name with a slash is a path in the run's copy; a bare name is looked up in PATH. */
function inDirectory(program: string, directory: string): string {
  return program.includes('/') ? path.resolve(directory, program) : program;
}
