import { Readable, Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { BUNDLE, cliResult } from './setpoint-process.ts';
import type { CliOutput, CliResult, SetpointOptions } from './setpoint-process.ts';

interface Bundle {
  readonly main: (argv: readonly string[]) => Promise<void>;
}

const STREAMS = ['stdin', 'stdout', 'stderr'] as const;
let busy = false;

/**
 * Whether a command can run in this process now: one at a time, because it takes the whole process. SETPOINT_TEST_PROCESSES=1
 * gives every command a process of its own, as users have it: slower by the time that Node takes to load it.
 */
export function isFree(): boolean {
  const { SETPOINT_ENTRY, SETPOINT_TEST_PROCESSES } = process.env;
  return !busy && SETPOINT_ENTRY === undefined && SETPOINT_TEST_PROCESSES !== '1';
}

/** Runs the built command in this process as it would run in its own: it gets streams, directory, environment and exit code. */
export async function runHere(
  args: readonly string[],
  options: SetpointOptions,
): Promise<CliResult> {
  busy = true;
  const { main } = (await import(pathToFileURL(BUNDLE).href)) as Bundle;
  const output = { stdout: '', stderr: '' };
  const giveBack = lendProcess(options, output);
  try {
    await main(args);
    return cliResult(Number(process.exitCode ?? 0), output);
  } finally {
    giveBack();
    busy = false;
  }
}

/** Lends the process to a command; the function that is returned takes it back. */
function lendProcess(options: SetpointOptions, output: CliOutput): () => void {
  const giveBack = [lendStreams(options.input ?? '', output), lendListeners()];
  const { env, exitCode } = process;
  const cwd = process.cwd();
  process.env = { ...options.env };
  process.chdir(options.cwd);
  process.exitCode = undefined;
  return () => {
    for (const back of giveBack) back();
    process.env = env;
    process.chdir(cwd);
    process.exitCode = exitCode;
  };
}

function lendStreams(input: string, output: CliOutput): () => void {
  const lent = {
    stdin: Readable.from([Buffer.from(input)]),
    stdout: collector((text) => (output.stdout += text)),
    stderr: collector((text) => (output.stderr += text)),
  };
  const own = STREAMS.map((name) => Object.getOwnPropertyDescriptor(process, name) ?? {});
  for (const name of STREAMS)
    Object.defineProperty(process, name, { value: lent[name], configurable: true });
  return () => {
    for (const [at, name] of STREAMS.entries()) Object.defineProperty(process, name, own[at] ?? {});
  };
}

/** A command that ends with its process takes no listener off. */
function lendListeners(): () => void {
  const own = new Set(process.eventNames().flatMap((name) => process.rawListeners(name)));
  return () => {
    for (const name of process.eventNames())
      for (const listener of process.rawListeners(name))
        if (!own.has(listener)) process.off(name, listener as () => void);
  };
}

function collector(add: (text: string) => void): Writable {
  const decoder = new TextDecoder();
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      add(decoder.decode(chunk, { stream: true }));
      done();
    },
  });
}
