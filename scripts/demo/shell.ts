import type { CliResult } from '../../test/scenario/rig/setpoint-process.ts';
import type { DemoHost } from './demo-host.ts';
import { narrate } from './narrator.ts';

/** Runs the real command line, echoed and with its output shown; throws unless it exits with `expected`. */
export async function setpoint(
  host: DemoHost,
  expected: number,
  ...args: readonly string[]
): Promise<CliResult> {
  narrate.command(['setpoint', ...args].join(' '));
  const result = await host.running.rig.setpoint(...args);
  narrate.output(result.stderr);
  narrate.output(result.stdout);
  expect(result.code === expected, `exit code ${expected}`, `it was ${result.code}`);
  return result;
}

/** Runs git in the workspace, echoed. */
export async function git(host: DemoHost, ...args: readonly string[]): Promise<void> {
  narrate.command(['git', ...args.map((arg) => (arg.includes(' ') ? `'${arg}'` : arg))].join(' '));
  narrate.output(await host.running.rig.workspace.git(...args));
}

/** One outcome: printed when it holds, else an error that ends the demo. */
export function expect(holds: boolean, what: string, otherwise = 'it is not so'): void {
  if (!holds) throw new Error(`expected: ${what}; ${otherwise}`);
  narrate.checked(what);
}
