import { describe, expect, it } from 'vitest';

import { approval } from '../../../src/cli/approval.ts';
import type { ChangeSet } from '../../../src/model/change-set.ts';
import { changeSet, item, part, planResult } from './fixture.ts';

const CHANGE = changeSet([part('a', { items: [item('change', '--v', '4', '2')] })]);
const RELEASE = changeSet([
  part('old', { operation: 'release', items: [item('release', '--old', '5', null)] }),
]);

function person(answers: readonly (string | null)[], automatic = false) {
  const left = [...answers];
  const heard = { text: '', questions: [] as string[] };
  const approve = approval({
    view: { color: false, width: 80, verbose: false },
    automatic,
    write: (text) => {
      heard.text += text;
    },
    ask: (question) => {
      heard.questions.push(question.trim());
      return Promise.resolve(left.shift() ?? null);
    },
  });
  return { approve: (set: ChangeSet) => approve(planResult(set)), heard };
}

describe('approval on a terminal', () => {
  it.each([
    ['y', true],
    ['Yes', true],
    ['n', false],
    ['', false],
    ['yeah', false],
    [null, false],
  ])('of changes with %j is %s', async (answer, expected) => {
    const { approve, heard } = person([answer]);
    expect(await approve(CHANGE)).toBe(expected);
    expect(heard.text).toContain('~ --v: 4 → 2');
    expect(heard.questions).toEqual(['Apply these changes on cp-1? [y/N]']);
  });

  it.each([
    ['prod', true],
    ['y', false],
    ['Prod', false],
    [null, false],
  ])('of a release needs the name of the workspace: %j is %s', async (answer, expected) => {
    const { approve, heard } = person([answer]);
    expect(await approve(RELEASE)).toBe(expected);
    expect(heard.questions[0]).toContain('workspace');
  });

  it('is asked again with the difference when the host changed meanwhile', async () => {
    const { approve, heard } = person(['y', 'n']);
    expect(await approve(CHANGE)).toBe(true);
    const parts = [part('a', { items: [item('change', '--v', '6', '2')] })];
    expect(await approve(changeSet(parts, { digest: 'sha256:other' as never }))).toBe(false);
    expect(heard.text).toContain('The plan is not what was shown any more:\n  ~ a.');
  });

  it('of a release that changes nothing on the host is an ordinary question', async () => {
    const { approve, heard } = person(['y']);
    const items = [item('release', '--old', '5', '5')];
    expect(await approve(changeSet([part('old', { operation: 'release', items })]))).toBe(true);
    expect(heard.text).not.toContain('Destructive');
  });

  it('is not asked twice for the same change set', async () => {
    const { approve, heard } = person(['y']);
    expect([await approve(CHANGE), await approve(CHANGE)]).toEqual([true, true]);
    expect(heard.questions).toHaveLength(1);
  });

  it('shows the plan and asks nothing with --auto-approve, even when it changed', async () => {
    const { approve, heard } = person([], true);
    expect(await approve(RELEASE)).toBe(true);
    expect(heard.text).toContain('Destructive');
    expect(heard.questions).toEqual([]);
  });
});
