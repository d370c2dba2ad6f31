import type { Row } from './row.ts';

export const PLAN_FILES: readonly Row[] = [
  {
    row: 'a plan file that was renamed changes nothing',
    happened: 'a=A, apply, git mv plans/a.yaml plans/z.yaml, commit',
    command: 'apply',
    exit: 0,
    host: 'a=A',
  },
  {
    row: 'one that was renamed, unnoticed, and then deleted gives everything back',
    happened:
      'a=A, apply, git mv plans/a.yaml plans/z.yaml, commit, git rm -q plans/z.yaml, commit',
    command: 'apply',
    exit: 0,
    host: 'a=-',
  },
  {
    row: 'one that was moved to another folder and changed is applied',
    happened: 'a=A, apply, git rm -q plans/a.yaml, a=B in plans/team/web/a.yaml',
    command: 'apply',
    exit: 0,
    host: 'a=B',
  },
  {
    row: 'one that was moved out of plans gives everything back',
    happened: 'a=A, apply, git rm -q plans/a.yaml, a=A in attic/a.yaml',
    command: 'apply',
    exit: 0,
    host: 'a=-',
  },
];

export const CHECKOUTS: readonly Row[] = [
  {
    row: 'a set is applied from another clone in another place',
    happened: 'a=A, apply, a=B, save, clone',
    command: 'apply saved',
    exit: 0,
    host: 'a=B',
  },
  {
    row: 'a new clone every time is one workspace',
    happened:
      'a=A, clone, apply, a=B, git push -q origin HEAD:next, clone --branch next, apply, a=-, git push -q origin HEAD:next, clone --branch next',
    command: 'apply',
    exit: 0,
    host: 'a=-',
  },
  {
    row: 'a clone of depth 1 is enough for the commit that was applied, and for a first apply',
    happened: 'a=A, clone --depth=1, apply',
    command: 'apply',
    exit: 0,
    host: 'a=A',
  },
  {
    row: 'for the next commit it is not: plan says what to fetch',
    happened: 'a=A, apply, a=B, clone --depth=1',
    command: 'plan',
    exit: 0,
    host: 'a=A',
    told: ['SP3021', 'git fetch --unshallow'],
  },
  {
    row: 'and apply refuses',
    happened: 'a=A, apply, a=B, clone --depth=1',
    command: 'apply',
    exit: 6,
    host: 'a=A',
    told: ['SP3021', 'git fetch --unshallow'],
  },
  {
    row: 'it does not release what it cannot know to be deleted, and plan says what to fetch',
    happened: 'a=A, b=1, apply, a=-, clone --depth=1',
    command: 'plan',
    exit: 0,
    host: 'a=A b=1',
    told: ['SP3024', 'git fetch --unshallow'],
  },
  {
    row: 'with the history fetched it does',
    happened: 'a=A, b=1, apply, a=-, clone --depth=1, git fetch -q --unshallow',
    command: 'apply',
    exit: 0,
    host: 'a=- b=1',
  },
  {
    row: 'a clone without the contents of old commits knows enough',
    happened: 'a=A, b=1, apply, a=-, clone --filter=tree:0',
    command: 'apply',
    exit: 0,
    host: 'a=- b=1',
  },
  {
    row: 'a sparse checkout releases nothing that it leaves out',
    happened:
      'a=A, b=1, apply, clone --no-checkout, git sparse-checkout set --no-cone /setpoint.yaml /plans/a.yaml, git checkout -q main',
    command: 'apply',
    exit: 0,
    host: 'a=A b=1',
    told: ['SP3024', 'sparse'],
  },
];
