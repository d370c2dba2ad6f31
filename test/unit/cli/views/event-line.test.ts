import { describe, expect, it } from 'vitest';

import { eventLine } from '../../../../src/cli/views/event-line.ts';
import type { RunEvent } from '../../../../src/model/run-event.ts';

describe('the line of an event', () => {
  it.each([
    [{ type: 'written', path: '/etc/x' }, 'wrote /etc/x'],
    [{ type: 'written', path: '/etc/x', removed: true }, 'removed /etc/x'],
    [{ type: 'restored', path: '/etc/x' }, 'restored /etc/x'],
    [{ type: 'restored', path: '/etc/x', removed: true }, 'removed /etc/x'],
    [{ type: 'decided', decision: 'revert', reason: 'a long story' }, 'decided: revert'],
  ])('%j', (event, line) => {
    expect(eventLine(event as unknown as RunEvent)).toBe(line);
  });
});
