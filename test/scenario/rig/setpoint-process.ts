import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { schemaErrors } from './output-schema.ts';

/** SETPOINT_ENTRY=bin/dev.js runs the sources without a build, slower. */
export const ENTRY = fileURLToPath(
  new URL(`../../../${process.env.SETPOINT_ENTRY ?? 'bin/run.js'}`, import.meta.url),
);

/** What `bin/run.js` loads. */
export const BUNDLE = fileURLToPath(new URL('../../../dist/run.js', import.meta.url));

export interface CliOutput {
  stdout: string;
  stderr: string;
}

export interface CliResult {
  /** Exit code, or 128 + signal number as a shell would show it. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The `--json` envelope; fails when it does not fit the published schema. */
  readonly json: <T>() => Envelope<T>;
}

export interface Envelope<T> {
  readonly formatVersion: string;
  readonly command: string;
  readonly ok: boolean;
  readonly result: T;
  readonly error?: unknown;
  readonly diagnostics: readonly { readonly code: string; readonly message: string }[];
}

export interface SetpointProcess {
  readonly pid: number;
  readonly result: Promise<CliResult>;
  readonly signal: (name: NodeJS.Signals) => void;
  /** Resolves when standard error matches; rejects when the process ends before. */
  readonly stderrMatches: (pattern: RegExp) => Promise<void>;
}

export interface SetpointOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly input?: string;
}

const SIGNAL_NUMBERS: Readonly<Record<string, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGKILL: 9,
  SIGTERM: 15,
};

/** Starts the built command (`npm run build` first) without a terminal. */
export function startSetpoint(args: readonly string[], options: SetpointOptions): SetpointProcess {
  const child = spawn(process.execPath, [ENTRY, ...args], {
    cwd: options.cwd,
    env: options.env,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const output: CliOutput = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  child.stdin.on('error', () => {}).end(options.input ?? '');
  const result = new Promise<CliResult>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      resolve(cliResult(code ?? 128 + (SIGNAL_NUMBERS[signal ?? ''] ?? 0), output));
    });
  });
  return {
    pid: child.pid ?? 0,
    result,
    signal: (name) => child.kill(name),
    stderrMatches: (pattern) => awaitStderr(child, output, pattern),
  };
}

export function cliResult(code: number, output: Readonly<CliOutput>): CliResult {
  return { code, ...output, json: <T>() => parseEnvelope<T>(output) };
}

function parseEnvelope<T>(output: Readonly<CliOutput>): Envelope<T> {
  let envelope: unknown;
  try {
    envelope = JSON.parse(output.stdout);
  } catch {
    throw new Error(`no JSON on stdout:\n${output.stdout}\nstderr:\n${output.stderr}`);
  }
  expect(schemaErrors(envelope)).toEqual([]);
  return envelope as Envelope<T>;
}

function awaitStderr(
  child: ChildProcess,
  output: { readonly stderr: string; readonly stdout: string },
  pattern: RegExp,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      if (pattern.test(output.stderr)) resolve();
    };
    child.stderr?.on('data', look);
    child.on('close', (code) =>
      reject(new Error(`ended (${code}) before ${pattern}:\n${output.stdout}\n${output.stderr}`)),
    );
    look();
  });
}
