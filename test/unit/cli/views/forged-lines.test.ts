import { expect, it, test } from 'vitest';
import { fileGroups } from '../../../../src/cli/views/plan-file-group.ts';
import { createStyle } from '../../../../src/cli/style.ts';
import { backupListView, backupShowView } from '../../../../src/cli/views/backup-view.ts';
import { blameView } from '../../../../src/cli/views/blame-view.ts';
import { driftView } from '../../../../src/cli/views/drift-view.ts';
import { eventLine } from '../../../../src/cli/views/event-line.ts';
import { leftOpenLines } from '../../../../src/cli/views/open-run-lines.ts';
import { prospectLines } from '../../../../src/cli/views/prospect-lines.ts';
import { recoverView } from '../../../../src/cli/views/recover-view.ts';
import { runView } from '../../../../src/cli/views/run-view.ts';
import { statusView } from '../../../../src/cli/views/status-view.ts';
import { renderDiagnostic } from '../../../../src/diagnostics/render.ts';
import { file, part } from '../fixture.ts';

it('a newline in a path forges no line of the plan', () => {
  const path = '/etc/a\n  - /etc/passwd';
  const view = { color: false, width: 80, verbose: false, repeatedFlags: [] };
  const changes = part('a', { files: [file(path, { write: true })] });
  const [head] = fileGroups(changes, createStyle(false), view);
  expect(head).toContain('/etc/a\uFFFD  - /etc/passwd');
  expect(head).not.toContain('\n');
});

const PATH = '/etc/a\nerror[SP9001]: forged';
const VIEW = { color: false, width: 200, verbose: true };
const STYLE = createStyle(false);
const version = {
  sha256: null,
  mode: null,
  kind: 'absent',
  place: 'stage',
  path: PATH,
  object: null,
};
const settled = {
  path: PATH,
  standing: 'old',
  old: version,
  new: version,
  live: version,
  diffs: { oldToLive: null, newToLive: null },
};
const choice = { choice: 'take-old', possible: true, writes: [PATH], replacesForeign: [PATH] };
const stuckRun = { run: 'R', plan: 'p', reason: PATH, files: [settled], choices: [choice] };
const prospect = {
  would: 'keep',
  files: [{ path: PATH, standing: 'old' }],
  stuck: [PATH],
  actions: [],
  warnings: [],
  removes: [PATH],
};
const snapshot = { time: 'T', run: 'R', plan: 'p', operation: 'apply', files: [{ path: PATH }] };
const drifted = { path: PATH, items: [], problem: PATH, otherLines: true };
const counts = {
  drifted: 0,
  both: 0,
  vanished: 0,
  metadata: 0,
  pending: 0,
  ignored: 0,
  unknown: 1,
};
const managed = { path: PATH, drift: 'drifted', items: 1, owners: [], pending: 0, ignored: 0 };
const blamed = {
  path: PATH,
  label: 'x',
  value: 'a',
  origin: 'set',
  before: null,
  owner: { plan: 'p' },
  by: { at: null },
};
const recorded = { records: [{ path: `file ${PATH}`, before: null, after: {} }], entries: [] };

/** Branded strings and whole results are no matter here. */
function cast(value: unknown): never {
  return value as never;
}

test.each([
  [
    'status',
    () =>
      statusView(
        cast({
          files: [managed],
          plans: [],
          openRuns: [],
          remote: null,
          mirror: null,
          holder: null,
          head: null,
          host: 'h',
          warnings: [],
        }),
        VIEW,
      ),
  ],
  [
    'drift',
    () =>
      driftView(
        cast({ files: [drifted], counts, host: 'h', head: null, workspace: null, warnings: [] }),
        VIEW,
      ),
  ],
  [
    'blame',
    () =>
      blameView(
        cast({
          items: [{ ...blamed, by: { at: null, planCommit: null, run: null, actor: null } }],
          released: [],
        }),
        VIEW,
      ),
  ],
  [
    'history show',
    () =>
      runView(
        cast({
          ...recorded,
          report: null,
          facts: {
            run: 'R',
            actor: null,
            planCommit: null,
            startedAt: null,
            endedAt: null,
            toolVersion: null,
          },
          checks: [],
          audit: [],
          diff: '',
        }),
        VIEW,
      ),
  ],
  ['backup list', () => backupListView(cast({ host: 'h', snapshots: [snapshot] }), VIEW, PATH)],
  [
    'backup show',
    () =>
      backupShowView(
        cast({
          snapshot: { ...snapshot, workspace: 'w', files: [{ path: PATH, before: null }] },
          diff: null,
        }),
        VIEW,
      ),
  ],
  [
    'recover --dry-run of a stuck run',
    () =>
      recoverView(
        cast({ recovered: [], needsPerson: [stuckRun], leftOpen: [], running: null, problems: [] }),
        VIEW,
      ),
  ],
  [
    'recover --dry-run',
    () => prospectLines(cast({ run: 'R', plan: 'p', prospect }), STYLE).join('\n'),
  ],
  [
    'an open run',
    () =>
      leftOpenLines(cast({ run: 'R', plan: 'p', state: 'committed', blocks: [PATH] }), STYLE).join(
        '\n',
      ),
  ],
  ['progress', () => eventLine(cast({ type: 'written', run: 'R', path: PATH })) ?? ''],
  [
    'a diagnostic',
    () =>
      renderDiagnostic(
        {
          code: 'SP3010',
          severity: 'error',
          message: PATH,
          at: { file: PATH, line: 1, column: 1 },
        },
        { color: false },
      ),
  ],
] as const)('%s shows no line that a newline in a path forges', (_, text) => {
  expect(text()).toContain('forged');
  expect(text()).not.toMatch(/^error\[SP9001\]/m);
});
