import { describe, expect, it } from 'vitest';
import type { GitEntry } from '../../../../src/git/workspace/tree-entries.ts';
import { wayBack } from '../../../../src/operations/revert-branch/way-back.ts';

/** Three contents of a file, by their ids. */
const [B, C, H] = ['b', 'c', 'h'].map((id) => file(id)) as [GitEntry, GitEntry, GitEntry];

function file(id: string, mode = '100644'): GitEntry {
  return { mode, id };
}

const program = (id: string): GitEntry => file(id, '100755');
const link = (id: string): GitEntry => file(id, '120000');

describe('what becomes of a file that was B before the run, C by it, and is something at the head', () => {
  it.each([
    ['what the run did not change stays, whatever it is now', [C, C, H], { is: 'done' }],
    ['what is B again stays', [B, C, B], { is: 'done' }],
    ['what is absent again stays so', [null, C, null], { is: 'done' }],
    ['C becomes B', [B, C, C], { is: 'set', entry: B, change: 'restored' }],
    ['what was new is deleted', [null, C, C], { is: 'set', entry: null, change: 'deleted' }],
    [
      'what was deleted comes back, with its mode',
      [program('b'), null, null],
      { is: 'set', entry: program('b'), change: 'recreated' },
    ],
    [
      'a mode alone goes back',
      [B, program('b'), program('b')],
      { is: 'set', entry: B, change: 'restored' },
    ],
    [
      'a link becomes the file that it was',
      [B, link('c'), link('c')],
      { is: 'set', entry: B, change: 'restored' },
    ],
    ['other content is merged', [B, C, H], { is: 'merge', mode: '100644', ids: ['c', 'h', 'b'] }],
    [
      'a mode that the run set goes back in a merge',
      [B, program('c'), program('h')],
      { is: 'merge', mode: '100644', ids: ['c', 'h', 'b'] },
    ],
    [
      'a mode that was set since stays in a merge',
      [B, C, program('h')],
      { is: 'merge', mode: '100755', ids: ['c', 'h', 'b'] },
    ],
    [
      'B is taken with the mode that was set since',
      [B, C, program('c')],
      { is: 'set', entry: program('b'), change: 'merged' },
    ],
    [
      'where the run changed the mode alone, the content since then stays',
      [B, program('b'), program('h')],
      { is: 'set', entry: H, change: 'merged' },
    ],
    ['both are undone by somebody else', [B, program('b'), H], { is: 'done' }],
  ] as const)('%s', (_, [before, applied, head], expected) => {
    expect(wayBack({ before, applied, head })).toEqual(expected);
  });

  it.each([
    ['deleted or moved', [B, C, null]],
    ['made anew', [B, null, H]],
    ['was new, and was changed', [null, C, H]],
    ['no plain file', [B, C, link('h')]],
    ['no plain file', [link('b'), C, H]],
    ['no plain file', [B, C, file('h', '040000')]],
  ] as const)('%s since: a conflict', (why, [before, applied, head]) => {
    expect(wayBack({ before, applied, head })).toMatchObject({
      is: 'conflict',
      why: expect.stringContaining(why),
    });
  });
});
