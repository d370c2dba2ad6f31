import { expect, test } from 'vitest';
import type { CommitId } from '../../../../src/model/brand.ts';
import type { StateChange } from '../../../../src/model/state-change.ts';
import { contentDiff } from '../../../../src/operations/looking-back/content-diff.ts';
import { bytes, commitChange, fileChange, managed, newState } from '../../git/state-samples.ts';

const PATH = '/etc/a%s\nb';

type File = StateChange['files'][number];

const had = managed(PATH, 'before\n').state;
/** Managed since this commit; there was a file before, or none. */
const came = (content: string, original: 'file' | 'none'): File => ({
  ...fileChange(PATH, content),
  managed: {
    ...managed(PATH, content),
    original: { state: original === 'file' ? had : null, pristine: true },
  },
  original: original === 'file' ? bytes('before\n') : null,
});
const deleted: File = {
  path: came('', 'file').path,
  managed: { ...managed(PATH), state: null, original: { state: had, pristine: true } },
  copy: null,
};
const edited: File = {
  path: deleted.path,
  managed: { ...managed(PATH, 'theirs\n'), original: { state: had, pristine: false } },
  copy: bytes('theirs\n'),
};
const left: File = { path: deleted.path, managed: null, copy: null, original: null };

/** The diff of the last of these commits. */
async function diffOfLast(...files: readonly File[]): Promise<string> {
  const state = newState();
  let parent: CommitId | null = null;
  let commit: CommitId | null = null;
  for (const file of files) {
    parent = commit;
    commit = await commitChange(state, { files: [file], plans: [] }, parent);
  }
  return contentDiff(state, { parent, commit: commit ?? ('' as CommitId) });
}

const OLD = String.raw`--- "a/etc/a%s\nb"`;
const NEW = String.raw`+++ "b/etc/a%s\nb"`;

test.each([
  [
    'that was there, comes under management',
    [came('new\n', 'file')],
    [OLD, NEW, '-before', '+new'],
  ],
  ['is created', [came('new\n', 'none')], ['--- /dev/null', NEW, '+new']],
  ['is adopted as it is', [came('before\n', 'file')], []],
  ['is replaced', [came('a\n', 'file'), came('b\n', 'file')], [OLD, NEW, '-a', '+b']],
  ['is deleted', [came('a\n', 'file'), deleted], [OLD, '+++ /dev/null', '-a']],
  ['is given back', [came('a\n', 'file'), left], [OLD, NEW, '-a', '+before']],
  ['is given back as absent', [came('a\n', 'none'), left], [OLD, '+++ /dev/null', '-a']],
  [
    'that others edited, is given back',
    [came('a\n', 'file'), edited, left],
    [String.raw`"/etc/a%s\nb": what others wrote to it is not recorded`],
  ],
] as const)('a file %s', async (_, files, lines) => {
  const diff = await diffOfLast(...files);
  const shown = diff.split('\n').filter((line) => line !== '' && !line.startsWith('@@'));
  expect(shown).toEqual(lines);
});
