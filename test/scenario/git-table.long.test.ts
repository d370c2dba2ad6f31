import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CHECKOUTS, PLAN_FILES } from './git-table/files-and-checkouts.ts';
import { BACK_AND_FORTH, OLDER } from './git-table/one-history.ts';
import { OTHER_HISTORY } from './git-table/other-histories.ts';
import { GitStory } from './git-table/story.ts';

let story: GitStory;
beforeEach(async () => {
  story = await GitStory.begin();
});
afterEach(() => story.end());

describe.each([
  ['content that goes back and forth', BACK_AND_FORTH],
  ['an older commit', OLDER],
  ['another history', OTHER_HISTORY],
  ['plan files', PLAN_FILES],
  ['checkouts', CHECKOUTS],
])('%s', (_, rows) => {
  it.each(rows)('$row', async ({ happened, command, exit, host, told = [], untold = [] }) => {
    for (const step of happened.split(', ')) await story.play(step);
    const { code, stdout, stderr } = await story.act(command);
    const said = `${stdout}\n${stderr}`;
    expect(`exit ${code}, ${await story.host(host)}\n${said}`).toContain(`exit ${exit}, ${host}\n`);
    for (const words of told) expect(said).toContain(words);
    for (const words of untold) expect(said).not.toContain(words);
  });
});
