import type { HostPath } from '../../model/brand.ts';

export interface InstallRecoveryResult {
  /** Where the units are, on the host. */
  readonly directory: HostPath;
  readonly units: readonly { readonly name: string; readonly text: string }[];
  /** Names of the units that this command wrote or took away. */
  readonly changed: readonly string[];
}
