import type { CommitId, HostName, Millis } from '../model/brand.ts';
import type { RecordOrigin } from '../git/record/record-origin.ts';
import type { Host } from '../host/ports.ts';

/** Global options of every command. */
export interface SessionOptions {
  /** `--root`; default `/`. */
  readonly root?: string;
  /** `--host`. */
  readonly host?: string;
  /** Where the workspace is looked for (upwards to `setpoint.yaml`); `null`: the current directory was deleted. */
  readonly cwd: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Shown in commits and holder texts: `user@ci-job` or `$SUDO_USER`. */
  readonly actor: string;
  /** `--lock-timeout`; default 5 s. */
  readonly lockTimeout: Millis;
}

/** What an operation works with that is about no host, or about several: it does not ask what this machine is called. */
export interface UnnamedSession {
  readonly host: Host;
  readonly options: SessionOptions;
  /** Present: the workspace is read as this commit has it, in a copy; the repository is where it was. */
  readonly workspaceAt?: { readonly commit: CommitId; readonly repository: string };
}

/** What an operation works with: the host's ports, its name, and where the workspace is. */
export interface Session extends UnnamedSession {
  readonly hostName: HostName;
  /**
   * Absent: the host itself is looked at. Else only at its record: this machine's, a remote's (`origin`), or none at all (null).
   */
  readonly from?: { readonly record: string | null; readonly origin?: RecordOrigin | undefined };
}
