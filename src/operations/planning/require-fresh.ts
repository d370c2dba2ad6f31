import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { ChangeSet, FileChange } from '../../model/change-set.ts';
import type { FileImage } from '../../model/file-image.ts';
import { imageOf } from '../../model/file-image.ts';
import { EXIT } from '../../model/outcome.ts';
import { editedFiles, explainStaleness } from '../../plan/change-set/explain-staleness.ts';
import type { Session } from '../session.ts';
import type { ComputedSet } from './compute-change-set.ts';
import { expiryProblem } from './expiry-problem.ts';
import { notShown, unifiedDiff } from './unified-diffs.ts';

/**
 * A saved set must be exactly what planning gives now. Throws SP3030 (exit 6) with every cause, and for files that someone
 * else edited the three sides: what was recorded, what is on the host, what the set wanted.
 */
export async function requireFresh(
  session: Session,
  saved: ChangeSet,
  now: ComputedSet,
): Promise<void> {
  const expired = expiryProblem(saved, session.host.clock.now());
  if (expired !== null) throw new SetpointError(EXIT.stale, [expired]);
  const causes = explainStaleness(saved, now.set);
  if (causes.length === 0) return;
  const details: string[] = [];
  for (const file of editedFiles(saved, now.set)) {
    details.push(await threeWay(session, file, now, saved));
  }
  throw new SetpointError(EXIT.stale, [
    {
      code: 'SP3030',
      severity: 'error',
      message: `the change set ${saved.digest.slice(7, 19)} is stale: ${causes.join('; ')}`,
      help: 'plan again and have the new set reviewed: setpoint plan --out FILE',
      ...(details.length === 0 ? {} : { detail: details.join('\n') }),
    },
  ]);
}

async function threeWay(
  session: Session,
  file: FileChange,
  now: ComputedSet,
  saved: ChangeSet,
): Promise<string> {
  const { rule = 'full' } = file.record ?? {};
  const managed = now.recorded.files.get(file.path);
  if (rule !== 'full' || (managed?.record ?? 'full') !== 'full') return notShown(file.path);
  const observed = await session.host.root.observe(file.path, { inPlace: true });
  const live = imageOf(observed.content);
  const copy = await now.state.copyOf(file.path);
  const planned = `planned:\n${saved.meta.diffs[file.path] ?? '(no text)'}`;
  if (copy === null) return planned;
  const recorded: FileImage = { exists: true, bytes: copy, mode: 0 };
  const edits = await unifiedDiff(file.path, recorded, live);
  // A later run wrote it, not somebody else.
  if (!edits.includes('\n@@')) return planned;
  return `edited since recorded:\n${edits}${planned}`;
}
