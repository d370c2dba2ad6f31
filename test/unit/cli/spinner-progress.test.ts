import { describe, expect, it } from 'vitest';

import { spinnerProgress } from '../../../src/cli/spinner-progress.ts';
import type { RunEvent } from '../../../src/model/run-event.ts';
import { capture } from './run-command.ts';

function events(run: string, plan: string, outcome: string): readonly RunEvent[] {
  return [
    { type: 'run-started', run, plan, files: 1 },
    { type: 'written', run, path: `/etc/${plan}` },
    { type: 'run-ended', run, plan, outcome },
  ] as unknown as readonly RunEvent[];
}

describe('progress with a spinner', () => {
  it('paints runs one after the other on stderr, also those that end before they are painted', async () => {
    const ran = await capture(async () => {
      const progress = spinnerProgress();
      progress.say('before any run');
      for (const event of events('R1', 'audit-log', 'applied')) progress.listener(event);
      for (const event of events('R2', 'tls', 'reverted')) progress.listener(event);
      await progress.finish();
    });
    expect(ran.stdout).toBe('');
    expect(ran.stderr).toMatch(/^before any run\n/);
    expect(ran.stderr).toMatch(/audit-log: applied[^]*wrote \/etc\/audit-log[^]*tls: reverted/);
    expect(ran.stderr).toContain('wrote /etc/tls');
  });

  it('ends when the events stop without an outcome', async () => {
    const ran = await capture(async () => {
      const progress = spinnerProgress();
      const [started] = events('R1', 'audit-log', 'applied');
      if (started !== undefined) progress.listener(started);
      await progress.finish();
    });
    expect(ran.stderr).toContain('audit-log');
  });

  it('leaves signals to the command', async () => {
    const before = process.listeners('SIGINT');
    await capture(async () => {
      const progress = spinnerProgress();
      for (const event of events('R1', 'audit-log', 'applied')) progress.listener(event);
      expect(process.listeners('SIGINT')).toEqual(before);
      await progress.finish();
    });
    expect(process.listeners('SIGINT')).toEqual(before);
  });
});
