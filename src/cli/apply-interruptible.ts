import type { ApplyOptions, HandOver } from '../operations/apply-changes.ts';
import type { ApplyResult } from '../operations/results.ts';
import type { BranchWish } from '../operations/revert-branch/branch-ground.ts';
import { approval } from './approval.ts';
import type { CommandContext } from './command-context.ts';
import { endAtOnce } from './end-at-once.ts';
import { settled } from './interrupted-apply.ts';
import type { Settled } from './interrupted-apply.ts';
import { interruptible } from './interruptible.ts';
import { openProgress } from './progress.ts';
import { ask } from './prompt.ts';
import type { Progress } from './run-progress.ts';
import type { InterruptTalk } from './signals.ts';

/** What the command line decides; the rest is made here. */
export type ApplyChoice = Omit<
  ApplyOptions,
  'approve' | 'listener' | 'signal' | 'offerHandOver'
> & {
  /** `--auto-approve`. */
  readonly automatic: boolean;
  /** `--revert-branch`. */
  readonly revertBranch: BranchWish | null;
};

/** What a person hears who interrupts a run; `second`: what the second signal does. */
export function interruptTalk(progress: Progress, second: InterruptTalk['second']): InterruptTalk {
  return {
    first: (name) => {
      // The terminal shows ^C where the cursor is.
      const gap = process.stdin.isTTY ? '\n' : '';
      progress.say(`${gap}${name}: stopping; a run that has begun is reverted first`);
    },
    second,
  };
}

const nothingOpen: HandOver = () => null;

/** Applies with progress, approval and interrupts: the first one reverts an open run, the second leaves that to the guardian. */
export async function applyInterruptible(
  context: CommandContext,
  { automatic, revertBranch, ...choice }: ApplyChoice,
): Promise<Settled & { readonly result: ApplyResult }> {
  const session = await context.session();
  const progress = await openProgress(context);
  const { applyWithBranch } = await import('../operations/apply-with-branch.ts');
  let handOver = nothingOpen;
  const offerHandOver = (given: HandOver): void => {
    handOver = given;
  };
  const talk = interruptTalk(progress, (name) => endAtOnce(context, name, handOver()));
  const { value, received } = await interruptible(talk, async (signal) => {
    const quiet = automatic && context.format !== 'text';
    const approve = approval({
      view: context.talk,
      automatic,
      // A program that reads JSON and approved beforehand needs no text.
      write: (text) => quiet || process.stderr.write(text),
      ask: (question) => ask(question, signal),
    });
    const { listener } = progress;
    try {
      const given = { ...choice, approve, listener, signal, offerHandOver };
      return await applyWithBranch(session, given, revertBranch);
    } finally {
      await progress.finish();
    }
  });
  return { result: value, ...settled(value, received) };
}
