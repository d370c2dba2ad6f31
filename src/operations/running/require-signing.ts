import type { StateRepository } from '../../git/record/state-repository.ts';

/**
 * Makes a signature that nobody keeps: who wants commits signed is refused before anything is changed, not told afterwards.
 * Throws SP5095 (exit 7). With no key nothing is asked.
 */
export async function requireSigning(
  state: Pick<StateRepository, 'sign'>,
  signingKey: string | null,
): Promise<void> {
  if (signingKey === null) return;
  await state.sign({ tree: '', parent: null, message: 'trial', date: 0 }, signingKey);
}
