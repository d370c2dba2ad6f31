import { expect } from 'vitest';
import type { Rig } from './rig.ts';

const READING = [
  [1, 'drift'],
  [0, 'status'],
  [0, 'history'],
  [0, 'state', 'list'],
] as const;

/** Commands that only read go on, but do not take the empty record for all there is. */
export async function tellsThatTheRecordIsElsewhere(rig: Rig): Promise<void> {
  for (const [code, ...command] of READING) {
    const { stdout, stderr } = await rig.exits(code, ...command);
    expect(stderr).toMatch(
      /warning\[SP5082\]: nothing is recorded here, but .* has a record of cp-1/,
    );
    expect(stderr).toMatch(/setpoint state pull.*setpoint state adopt/);
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(
      /record .*not here: what is managed is not/,
    );
  }
  const verified = await rig.exits(0, 'history', 'verify');
  expect(verified.stderr).toContain('warning[SP5082]');
  const needing = [
    ['drift', '--adopt'],
    ['state', 'push'],
    ['state', 'show', '/etc/app.conf'],
    ['blame', '/etc/app.conf'],
    ['history', 'app'],
  ];
  for (const command of needing) {
    expect((await rig.exits(6, ...command)).stderr).toContain('error[SP5082]');
  }
}
