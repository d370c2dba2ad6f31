import { describe, expect, it } from 'vitest';

import { driftView } from '../../../../src/cli/views/drift-view.ts';
import type { DriftResult } from '../../../../src/operations/drift/results.ts';

const OPTIONS = { color: false, width: Number.POSITIVE_INFINITY, verbose: false };

const owner = { workspace: 'prod', plan: 'audit-log', resource: 'api' };
const EXAMPLE = {
  host: 'cp-1',
  head: 'c0ffee'.padEnd(40, '0'),
  workspace: 'prod',
  files: [
    {
      path: '/etc/api.yaml',
      kind: 'manifest',
      otherLines: false,
      problem: null,
      since: { after: '2026-11-20T10:00:00.000Z', before: '2026-11-21T09:12:05.120Z' },
      items: [
        { label: '--v', owner, state: 'drifted', recorded: '2', live: '9', desired: '2' },
        { label: '--a', owner, state: 'both', recorded: '1', live: '2', desired: '3' },
        { label: '--b', owner, state: 'both', recorded: '1', live: '2', undeclared: true },
        { label: '--c', owner, state: 'vanished', recorded: 'x', live: null, desired: 'x' },
        { label: '--d', owner, state: 'pending', recorded: '1', live: '1', desired: '2' },
        { label: '--e', owner, state: 'pending', recorded: '1', live: '1', undeclared: true },
        { label: '--f', owner, state: 'in-sync', recorded: '1', live: '1' },
        {
          label: '--g',
          owner,
          state: 'drifted',
          recorded: '1',
          live: '2',
          ignored: { reason: 'a test', until: '2026-12-31' },
        },
        { label: 'mode', state: 'metadata', recorded: '0600', live: '0644' },
      ],
    },
    {
      path: '/etc/b.yaml',
      kind: 'manifest',
      otherLines: true,
      problem: null,
      since: { after: '2026-11-20T10:00:00.000Z', before: null },
      items: [{ label: '--x', owner, state: 'in-sync', recorded: '1', live: '1' }],
    },
    {
      path: '/etc/c.conf',
      kind: 'file',
      otherLines: false,
      problem: '/etc/c.conf is a directory',
      items: [
        {
          label: 'content',
          owner: { ...owner, workspace: 'other' },
          state: 'drifted',
          recorded: 'ab'.repeat(32),
        },
      ],
    },
    {
      path: '/etc/d.conf',
      kind: 'file',
      otherLines: false,
      problem: null,
      openRun: 'R9',
      items: [{ label: 'content', owner, state: 'pending', recorded: 'a', live: 'b' }],
    },
  ],
  counts: {
    'in-sync': 2,
    pending: 3,
    drifted: 2,
    both: 2,
    vanished: 1,
    metadata: 1,
    unknown: 0,
    ignored: 1,
  },
  openRuns: [],
  holder: null,
  warnings: [],
  exitCode: 2,
} as unknown as DriftResult;

const NONE = { drifted: 0, both: 0, vanished: 0, metadata: 0, pending: 0, ignored: 0, unknown: 0 };

function last(change: object): string | undefined {
  return driftView({ ...EXAMPLE, ...change }, OPTIONS)
    .split('\n')
    .at(-1);
}

describe('the drift view', () => {
  it('shows what drifted by file, since when, and counts the rest', async () => {
    await expect(`${driftView(EXAMPLE, OPTIONS)}\n`).toMatchFileSnapshot('golden/drift.txt');
  });

  it('with --verbose shows every item', async () => {
    const text = driftView(EXAMPLE, { ...OPTIONS, verbose: true });
    await expect(`${text}\n`).toMatchFileSnapshot('golden/drift-verbose.txt');
  });

  it('says where to plan when no workspace is here', () => {
    const files = EXAMPLE.files.slice(0, 1);
    expect(last({ files, workspace: null })).toContain('Next: setpoint plan, in the workspace (');
  });

  it('names the open run that a drifted file belongs to, and what settles it', () => {
    const [first] = EXAMPLE.files;
    const files = [{ ...first, unsettled: 'R7' }];
    const run = { run: 'R7', plan: 'app', state: 'committed', blocks: [] };
    const text = driftView({ ...EXAMPLE, files } as unknown as DriftResult, OPTIONS);
    expect(text).toContain('\n  belongs to run R7, which is open and wrote something else');
    expect(last({ files, openRuns: [run] })).toContain('drifted on cp-1. Next: setpoint recover (');
    const failed = [{ ...run, state: 'revert-failed' }];
    expect(last({ files, openRuns: failed })).toContain('Needs a person. Next: setpoint recover');
    expect(last({ files })).toContain('Next: setpoint status');
  });

  it('says of an edited file of a run that waits that the edit goes before confirm, and what it does to a rejection', () => {
    const [first] = EXAMPLE.files;
    const confirm = { until: '2026-11-21T10:00:00Z', left: 60_000 };
    const run = { run: 'R7', plan: 'app', state: 'awaiting-confirmation', blocks: [], confirm };
    const told = (unsettled: string, holder: object | null) =>
      last({ files: [{ ...first, unsettled }], openRuns: [run], holder });
    const guardian = { pid: 1, command: 'setpoint', run: 'R7', since: '' };
    const words =
      /Next: take the edit out of its files, then setpoint confirm R7 .* or setpoint (.*) \(takes it back\)\. .*needs a person/;
    expect(words.exec(told('R7', guardian) ?? '')?.[1]).toBe('confirm --reject R7');
    expect(words.exec(told('R7', null) ?? '')?.[1]).toBe('recover');
    expect(told('R8', guardian)).toContain('Next: setpoint confirm R7 (keeps it), or');
  });

  it('does not send to plan with a file that plan refuses', () => {
    expect(last({})).toContain(
      'Next: put /etc/c.conf right by hand, or move it out of the directory; then setpoint drift --restore',
    );
    const [first, ...others] = EXAMPLE.files.map((file) => ({ ...file, problem: null }));
    expect(last({ files: [{ ...first, gone: true }, ...others] })).toContain(
      'Next: setpoint drift --restore (brings /etc/api.yaml back, which plan and apply cannot)',
    );
  });

  it('names the plans of this workspace that own what drifted', () => {
    const files = EXAMPLE.files.map((file) => ({ ...file, problem: null }));
    expect(last({ files })).toContain('Next: setpoint plan audit-log (');
    expect(last({ files, workspace: 'other' })).toContain('Next: setpoint plan audit-log (');
    expect(last({ files, workspace: 'third' })).toContain('Next: setpoint plan (');
  });

  it('does not promise that apply puts a mode back', () => {
    const [first] = EXAMPLE.files;
    const putBack = ['chmod 0600 -- /etc/api.yaml'];
    const files = [{ ...first, items: first?.items.slice(-1), putBack }];
    const counts = { ...EXAMPLE.counts, ...NONE, metadata: 1 };
    expect(last({ files, counts })).toBe(
      '1 item in 1 file drifted on cp-1: mode or owner only, which apply leaves as it is. Next: setpoint drift --restore (puts it back), or accept it with drift.ignore in setpoint.yaml.',
    );
    const text = driftView({ ...EXAMPLE, files, counts } as unknown as DriftResult, OPTIONS);
    expect(text).toContain('\n  put it back: chmod 0600 -- /etc/api.yaml\n');
  });

  it('is content with a host as recorded, and says when nothing is', () => {
    const counts = { ...EXAMPLE.counts, ...NONE };
    expect(last({ files: [], counts })).toBe('No drift: 2 items compared on cp-1.');
    expect(last({ files: [], counts, head: null })).toBe('Nothing recorded for cp-1 yet.');
  });

  it('never calls it no drift when something could not be compared', () => {
    const counts = { ...EXAMPLE.counts, ...NONE, unknown: 1 };
    expect(last({ files: [], counts })).toBe('1 item could not be compared on cp-1.');
  });
});
