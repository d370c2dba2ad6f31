import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { CommitId, HostName } from '../../model/brand.ts';
import type { StateCommitSpec } from '../../model/state-change.ts';
import type { CommitSigner } from './commit-signature.ts';
import type { GitCommand } from '../git-command.ts';
import { signedText } from './state-commit.ts';
import type { JoiningCommitSpec } from './state-commit.ts';
import { badSignatures, countSignatures } from './verify-signatures.ts';
import type { SignatureCounts } from './verify-signatures.ts';

/** What of a state repository has to do with signatures. Errors beside those named: as all of it. */
export interface StateSignatures {
  /** The same commit with a signature, which is made anew each time. SP5095 (exit 7) when it cannot be. Touches no repository. */
  sign<T extends StateCommitSpec | JoiningCommitSpec>(spec: T, keyFile: string): Promise<T>;
  /** How many commits are signed, and SP5096 for signatures that a file of allowed signers (`null`: not asked) does not accept. */
  signatures(
    allowedSigners: string | null,
  ): Promise<SignatureCounts & { readonly problems: readonly Diagnostic[] }>;
}

export function stateSignatures(
  git: GitCommand,
  head: () => Promise<CommitId | null>,
  host: HostName,
  signer: CommitSigner | undefined,
): StateSignatures {
  return {
    async sign(spec, keyFile) {
      if (signer === undefined) throw new TypeError('nobody here can sign');
      return { ...spec, signature: await signer(keyFile, signedText(spec, host)) };
    },
    async signatures(allowedSigners) {
      const at = await head();
      if (at === null) return { signed: 0, unsigned: 0, problems: [] };
      const problems = allowedSigners === null ? [] : await badSignatures(git, at, allowedSigners);
      return { ...(await countSignatures(git, at)), problems };
    },
  };
}
