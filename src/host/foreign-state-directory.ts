import { statSync } from 'node:fs';

import type { RealPath } from '../model/brand.ts';
import { quoteWord } from '../diagnostics/shell-words.ts';
import { thisUser } from './this-process.ts';

/**
 * What to tell root about a state directory that belongs to another user, or null: root may write there, but so may that user,
 * who could change what a recovery as root then carries out. Other users are refused (SP6021).
 */
export function foreignStateDirectory(
  stateDir: RealPath,
): { readonly message: string; readonly help: string } | null {
  const owner = statSync(stateDir, { throwIfNoEntry: false })?.uid ?? 0;
  if (thisUser() !== 0 || owner === 0) return null;
  return {
    message: `${stateDir} belongs to user ${owner}, but setpoint runs as root: that user can change what is recorded and recovered, and does not see who holds its lock`,
    help: `always run setpoint as one user: give it to root (chown -R 0:0 ${quoteWord(stateDir)}), or go on as user ${owner}`,
  };
}
