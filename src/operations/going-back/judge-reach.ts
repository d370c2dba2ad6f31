import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Root } from '../../host/ports.ts';
import { fateBetween } from '../../kinds/fate-between.ts';
import type { Fate, Outcome } from '../../kinds/reach.ts';
import { kindOf } from '../../kinds/registry.ts';
import type { HostPath, PlanName } from '../../model/brand.ts';
import { imageOf } from '../../model/file-image.ts';
import type { FileImage } from '../../model/file-image.ts';
import type { RecordedState } from '../../model/recorded-state.ts';
import { changeOf } from './judge-returned.ts';
import type { ReturnedFile } from './returned-file.ts';

interface Question {
  readonly plan: PlanName;
  readonly acknowledged?: readonly PlanName[] | undefined;
  readonly recorded: RecordedState;
}

/**
 * What files that go back take from under all that are recorded on the host, also those that stay: as of a change set. No resource
 * is asked, so paths that one leaves unchecked count, too.
 */
export async function judgeReachReturned(
  { root }: { readonly root: Pick<Root, 'observe'> },
  files: readonly ReturnedFile[],
  question: Question,
): Promise<readonly Diagnostic[]> {
  if (files.length === 0) return [];
  const { acknowledged = [], recorded } = question;
  const outcome: Outcome = {
    at: (path) => presentAfter(files, path),
    acknowledged: (plan) => acknowledged.includes(plan),
    fate: (path) => fateOf(files, path, question),
  };
  const told: Diagnostic[] = [];
  for (const [path, managed] of recorded.files) {
    const kind = kindOf(managed.kind);
    if (kind.judgeReach === undefined) continue;
    const returned = files.find((file) => file.path === path);
    const { before, after } = returned ?? (await standing(root, path));
    const reached = kind.judgeReach([], before, after, path, outcome);
    told.push(...reached.map(({ diagnostic }) => diagnostic));
  }
  return told;
}

/** A manifest that stays as it is. */
async function standing(
  root: Pick<Root, 'observe'>,
  path: HostPath,
): Promise<{ readonly before: FileImage; readonly after: FileImage }> {
  const { content } = await root.observe(path, { inPlace: true });
  const image = imageOf(content);
  return { before: image, after: image };
}

function presentAfter(files: readonly ReturnedFile[], path: HostPath): ReturnType<Outcome['at']> {
  const file = files.find((one) => one.path === path);
  if (file === undefined) return 'unknown';
  return file.after.exists ? 'file' : 'absent';
}

function fateOf(files: readonly ReturnedFile[], path: HostPath, question: Question): Fate | null {
  const file = files.find((one) => one.path === path);
  const does = file === undefined ? null : fateBetween(file.before, file.after);
  if (file === undefined || does === null) return null;
  const { plan, acknowledged } = changeOf(file, question);
  return { does, plan, acknowledged };
}
