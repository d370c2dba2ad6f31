import type { Row } from './row.ts';

const FEATURE = 'a=A, apply, git switch -q -c feature, a=B, apply, git switch -q main';
const SQUASHED = `${FEATURE}, git merge --squash feature, commit`;

export const OTHER_HISTORY: readonly Row[] = [
  {
    row: 'a commit beside the applied one is refused, and told what may have happened',
    happened: `${FEATURE}, a=C`,
    command: 'apply',
    exit: 6,
    host: 'a=B',
    told: ['SP3020', 'rewritten (squash', '--allow-diverged'],
  },
  {
    row: 'a squash merge of what was applied is refused, though it says the same',
    happened: SQUASHED,
    command: 'apply',
    exit: 6,
    host: 'a=B',
    told: ['SP3020', '--allow-diverged'],
  },
  {
    row: 'allowed once, with nothing to write, it is the commit that counts',
    happened: `${SQUASHED}, apply --allow-diverged --reason squashed, a=C`,
    command: 'apply',
    exit: 0,
    host: 'a=C',
  },
  {
    row: 'allowed once with a change of one plan, it counts for the others, too',
    happened:
      'a=A, b=1, apply, git switch -q -c feature, b=2, apply, git switch -q main, git merge --squash feature, a=C, apply --allow-diverged --reason squashed, b=3',
    command: 'apply',
    exit: 0,
    host: 'a=C b=3',
  },
  {
    row: 'then the branch that was squashed may not act any more',
    happened: `${SQUASHED}, apply --allow-diverged --reason squashed, git checkout -q feature`,
    command: 'apply',
    exit: 6,
    host: 'a=B',
    told: ['SP3020'],
  },
  {
    row: 'a plan that the squashed branch brought is released when main drops it later',
    happened: `${SQUASHED}, apply --allow-diverged --reason squashed, a=-`,
    command: 'apply',
    exit: 0,
    host: 'a=-',
  },
  {
    row: 'an applied branch that was rebased is refused, with its new base',
    happened: `${FEATURE}, b=1, git switch -q feature, git rebase -q main`,
    command: 'apply',
    exit: 6,
    host: 'a=B b=-',
    told: ['SP3020', 'rebase'],
  },
  {
    row: 'a plan commit that was picked to another branch is refused there',
    happened:
      'a=A, b=1, apply, a=B, apply, git switch -q -c release HEAD~1, b=2, git cherry-pick main',
    command: 'apply',
    exit: 6,
    host: 'a=B b=1',
    told: ['SP3020'],
  },
  {
    row: 'after a forced push a new clone does not know the applied commit',
    happened: 'a=A, apply, a=B, apply, git reset -q --hard HEAD~1, a=C, clone',
    command: 'apply',
    exit: 6,
    host: 'a=B',
    told: ['SP3021', 'forced push', '--allow-diverged'],
  },
  {
    row: 'a merge of both sides, one of them applied, is applied',
    happened:
      'a=A, apply, git switch -q -c feature, b=1, apply, git switch -q main, a=B, git merge -q --no-edit feature',
    command: 'apply',
    exit: 0,
    host: 'a=B b=1',
  },
  {
    row: 'one side alone is not, when the other was applied',
    happened: 'a=A, apply, git switch -q -c feature, b=1, apply, git switch -q main, a=B',
    command: 'apply',
    exit: 6,
    host: 'a=A b=1',
    told: ['SP3020'],
  },
  {
    row: 'nor is a side after the merge',
    happened:
      'a=A, git switch -q -c feature, b=1, git switch -q main, a=B, git merge -q --no-edit feature, apply, git switch -q feature',
    command: 'apply',
    exit: 6,
    host: 'a=B b=1',
    told: ['SP3020', 'is older'],
  },
];
