import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { RunInput } from '../../../src/apply/run-input.ts';
import type { Millis } from '../../../src/model/brand.ts';
import type { GateSpec } from '../../../src/model/check.ts';
import { runInput, type FileEdit, type PlannedOn } from '../../unit/apply/run-inputs.ts';
import { stateOfFile } from '../../unit/apply/run-rig.ts';
import type { Scenario } from './scenario-host.ts';
import { FILES, type Mode } from './scenario.ts';

/** The apply of the three files; what `mode` needs to happen on the way is arranged. */
export async function applyInput(scenario: Scenario, mode: Mode): Promise<RunInput> {
  const edits = FILES.map((file): FileEdit => {
    const flags = { watched: file.watched ?? false, onChange: ['true'] };
    return { path: file.path, to: file.new, mode: file.mode, ...flags };
  });
  // Red on the new files unless they are to be kept; green on the old ones.
  const health =
    mode === 'kept' ? 'exit 0' : `grep -q 'old a' ${scenario.root}/etc/app/manifests/a.yaml`;
  const input = await runInput(rigOf(scenario), edits, {
    planGates: ['sh checks/health'],
    workspaceFiles: { 'checks/health': `${health}\n` },
  });
  arrange(scenario, mode);
  const within = (mode === 'interrupted' ? 60_000 : 30) as Millis;
  const gates = input.part.gates.map((gate): GateSpec => ({ ...gate, within, every: 5 as Millis }));
  return { ...input, part: { ...input.part, gates } };
}

/** An earlier run that only records the two files that are there. */
export function prepareInput(scenario: Scenario): Promise<RunInput> {
  const edits = FILES.filter((file) => file.old !== null).map((file): FileEdit => {
    const { path, old, mode, watched } = file;
    return { path, to: old, mode, watched: watched ?? false };
  });
  return runInput(rigOf(scenario), edits);
}

function arrange({ listeners, interrupt }: Scenario, mode: Mode): void {
  if (mode === 'abandoned') {
    listeners.push(({ type }) => {
      if (type === 'staged') interrupt.abort();
    });
  }
  if (mode !== 'interrupted') return;
  process.once('SIGTERM', () => interrupt.abort());
  listeners.push((event) => {
    const waiting = event.type === 'gate-attempt' && event.phase === 'after';
    if (waiting && event.attempt === 1) process.kill(process.pid, 'SIGTERM');
  });
}

function rigOf({ root, context: { host, state } }: Scenario): PlannedOn {
  const real = (path: string): string => join(root, path);
  return {
    root,
    host,
    state,
    read: (path) =>
      statSync(real(path), { throwIfNoEntry: false }) === undefined
        ? null
        : readFileSync(real(path), 'utf8'),
    stateOf: (path) => stateOfFile(real(path)),
  };
}
