import { join } from 'node:path';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { writeDurably } from '../../host/durable.ts';
import { readOwnText } from '../../host/own-file.ts';
import type { Answer } from '../../model/outcome.ts';
import type { Decision } from './decision.ts';
import type { RunFolder } from './run-folder.ts';

function answerFile({ dir }: Pick<RunFolder, 'dir'>): string {
  return join(dir, 'answer.json');
}

/**
 * Writes who confirms a run, right before the proposal becomes the decision: that is one link, which has no room for a name. A full
 * disk keeps nobody from confirming; the run is then kept without a name. Never throws for what the disk does.
 */
export async function noteAnswer(folder: RunFolder, answer: Answer): Promise<void> {
  const bytes = Buffer.from(`${JSON.stringify({ formatVersion: 1, ...answer })}\n`);
  try {
    await writeDurably(answerFile(folder), bytes, 0o600);
  } catch (error) {
    if (!(error instanceof SetpointError)) throw error;
  }
}

/**
 * Who answered: a rejection is in its decision, a confirmation in a file beside it, which counts only with a decision `keep`. Null
 * when nobody did, or an earlier version did not say who.
 */
export function answerOf(folder: RunFolder, decision: Decision | null): Answer | null {
  if (decision?.decision === 'revert') return decision.answer ?? null;
  if (decision === null) return null;
  try {
    const value = JSON.parse(readOwnText(answerFile(folder))) as Partial<Answer>;
    const { answer, actor, at } = value;
    const known = answer === 'confirmed' && typeof actor === 'string' && typeof at === 'string';
    return known ? { answer, actor, at } : null;
  } catch {
    // Absent, or damaged: it tells people something and decides nothing.
    return null;
  }
}
