import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Decision } from '../../../src/apply/journal/decision.ts';
import { runFolder } from '../../../src/apply/journal/run-folder.ts';
import type { RunInput } from '../../../src/apply/machine/run-input.ts';
import type { Millis, RealPath, RunId } from '../../../src/model/brand.ts';
import type { GateSpec } from '../../../src/model/check.ts';
import type { RecordRule } from '../../../src/model/plan-file.ts';
import { runInput, type FileEdit, type PlannedOn } from '../../unit/apply/run-inputs.ts';
import { stateOfFile } from '../../unit/apply/run-rig.ts';
import type { Scenario } from './scenario-host.ts';
import { ASIDE, BOUND, FILES, OUTVOTED, SIGNED, type Play, type ScenarioFile } from './scenario.ts';

const A = '../../../../../../etc/app/manifests/a.yaml';
/** There from when the new pod was seen: the old one has ended, and never comes back as the same. */
const GONE = 'ended';
const COMES_UP = `grep -q 'old a' ${A} || exit 1\ntest ! -e ../../../../../../${GONE} || grep -q setpoint/renewed ${A}\n`;

/** The apply of the three files; what `mode` needs to happen on the way is arranged. */
export async function applyInput(scenario: Scenario, mode: Play): Promise<RunInput> {
  const edits = FILES.map((file): FileEdit => {
    const flags = {
      watched: file.watched ?? false,
      onChange: ['true'],
      ...methodOf(scenario, file),
      ...ruleOf(scenario, 'digest'),
    };
    return { path: file.path, to: file.new, mode: file.mode, ...flags };
  });
  const good = mode === 'kept' || mode === 'kept-signed' || mode === OUTVOTED;
  // Relative to the run's workspace: the text is recorded, and its object ids name points of the sweep.
  // While a gate waits the kernel writes back by itself: a power cut during a revert then finds new files that last.
  const written =
    process.env['SETPOINT_SWEEP_WRITEBACK'] === undefined
      ? ''
      : 'sync -f ../../../../../../etc/app\n';
  const old = `grep -q 'old a' ${A}\n`;
  const input = await runInput(rigOf(scenario), edits, {
    planGates: ['sh checks/health', 'sh checks/after'],
    workspaceFiles: {
      'checks/health': good ? 'exit 0\n' : mode === 'renewed' ? COMES_UP : old,
      'checks/after': good ? 'exit 0\n' : written + old,
    },
  });
  arrange(scenario, mode, input.run);
  const [health, after] = input.part.gates;
  if (health === undefined || after === undefined) throw new TypeError('two gates were planned');
  // A red gate is red after one attempt, an awaited one for as long as it takes to be interrupted.
  const once = mode.startsWith('reverted') || mode === 'renewed';
  const every = (once ? 60_000 : 5) as Millis;
  const judged = { ...health, within: 60_000 as Millis, ...(mode === 'renewed' ? { every } : {}) };
  const gates: readonly GateSpec[] = [
    { ...judged, phases: ['before', 'revert'] },
    { ...after, phases: ['after'], within: 60_000 as Millis, every },
  ];
  const signed = (SIGNED as readonly Play[]).includes(mode) ? { signingKey: '/key' } : {};
  const options = { ...input.options, ...signed };
  return { ...input, part: { ...input.part, gates }, options };
}

/** A file that is a bind mount can only be written in place. */
function methodOf({ root }: Scenario, { path }: ScenarioFile): Pick<FileEdit, 'inPlace'> {
  return { inPlace: path === BOUND.target && existsSync(join(root, BOUND.source)) };
}

function ruleOf({ root }: Scenario, record: RecordRule): Pick<FileEdit, 'record'> {
  return existsSync(join(root, ASIDE)) ? { record } : {};
}

/** An earlier run that only records the two files that are there. */
export function prepareInput(scenario: Scenario): Promise<RunInput> {
  const edits = FILES.filter((file) => file.old !== null).map((file): FileEdit => {
    const { path, old, mode, watched } = file;
    return { path, to: old, mode, watched: watched ?? false, ...ruleOf(scenario, 'full') };
  });
  return runInput(rigOf(scenario), edits);
}

function arrange(scenario: Scenario, mode: Play, run: RunId): void {
  const { context, listeners, interrupt } = scenario;
  // By this process, not by one that it starts: that one would outlive it by no certain time.
  if (mode === 'renewed') {
    listeners.push((event) => {
      if (event.type === 'written' && event.path === FILES[0]?.path)
        leave(join(scenario.root, GONE));
    });
  }
  if (mode === OUTVOTED) {
    listeners.push((event) => {
      const last = event.type === 'gate-finished' && event.result.phase === 'after';
      if (last) decideElsewhere(runFolder(context.host.stateDir, run).decision);
    });
  }
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

/** The faults that meet this file, too, are not of the product. */
function leave(path: string): void {
  try {
    writeFileSync(path, '');
  } catch {
    // Then nobody has seen the new pod.
  }
}

/** What another process (`confirm`, the guardian) leaves that wins the race for the decision. */
function decideElsewhere(file: RealPath): void {
  const decision: Decision = {
    formatVersion: 1,
    decision: 'revert',
    reason: 'somebody else decided',
    hold: false,
    at: '2026-01-02T03:04:05.000Z',
    commits: [],
    checks: [],
    processes: { processes: [] },
  };
  writeFileSync(file, `${JSON.stringify(decision)}\n`, { mode: 0o600 });
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
