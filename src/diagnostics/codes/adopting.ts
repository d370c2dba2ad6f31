import type { CodeEntry } from './entry.ts';

/** SP308x: live values that are written into plan files (`setpoint drift --adopt`). */
export const adoptingCodes = {
  SP3080: {
    title: 'a value is not written where it alone can be changed',
    explanation:
      'The live value would have to be written into a plan file, but what stands there is an alias, is repeated by one, has a tag, or is a whole list that comes from a variable: a change would reach further than this item, or would lose a comment. Write the value out at that place, or change it by hand.',
  },
  SP3081: {
    title: 'a value comes from a variable that cannot be changed for it',
    explanation:
      'A value that is exactly one `${vars.NAME}` is adopted as `hostVars` of this host, when nothing else in the plan uses that variable. A variable that is used elsewhere, a text that is put together from several parts, and a value given by `--var` are for a person to change: the message says where the variable is set.',
  },
  SP3082: {
    title: 'a live value that no plan file can carry',
    explanation:
      'Plan files are UTF-8 text of at most 1 MiB, without NUL characters, and a variable cannot hold `${`. Flags take one line without control characters (a tab is one). Content that is anything else belongs into a file of the workspace that the resource names by `source` (at most 10 MiB).',
  },
  SP3083: {
    title: 'an item that no plan file here can adopt',
    explanation:
      'No plan of this workspace declares the item, another workspace owns it, the live value cannot be told, the file as a whole is gone, the item is a mount or differs by more than values that its resource names (a field of an entry that is new, a line that is gone), or its content is recorded without a copy (`record: digest`, or it looks like a secret) and so is not written where it would be committed. The message says which, and what is possible instead.',
  },
  SP3084: {
    title: 'the edited plan files would not say what is wanted',
    explanation:
      'Before anything is written the new plan files are read and resolved as `plan` does it: the adopted items must be as they are on the host, and everything else must be as before. That proof failed, so nothing was written. Change the plan file by hand.',
  },
  SP3085: {
    title: 'nothing was adopted, because some items cannot be',
    explanation:
      'Live values are written into plan files all together or not at all. Every item that cannot be adopted is told with its reason; `setpoint drift --adopt ITEM...` is proposed for others that can be, tried before they are named. Files of one `source` only come together.',
  },
  SP3086: {
    title: 'adopting changes what other hosts get',
    explanation:
      'The edited plan file is for other hosts of `setpoint.yaml`, too, and what it wants of them changes with the adopted values. If they are to stay as they are, use `hostVars` for this host. This is a warning; nothing reaches those hosts before somebody commits and applies.',
  },
  SP3087: {
    title: 'a workspace file changed while values were adopted',
    explanation:
      'A plan file or source is not what was read when the command began: somebody edits it, or a checkout is under way. Nothing was written. Run the command again.',
  },
  SP3088: {
    title: 'a workspace file cannot be written',
    explanation:
      'Live values are written into regular files of the workspace only, also behind symbolic links that stay inside it, and each file only once. The message names the file and the reason. Nothing was written.',
  },
  SP3089: {
    title: 'adopting would overwrite changes that are not committed',
    explanation:
      'The source of a file has changes that no commit has (a new file, too), and all its bytes would be replaced; or the value in a plan file was edited, and only the working tree has it. Nothing was written. Commit the change, stash it (`git stash`) or undo it, then run the command again. In a workspace without git nothing brings back what is overwritten, so there every value that was edited since it was applied is refused.',
  },
} as const satisfies Record<string, CodeEntry>;
