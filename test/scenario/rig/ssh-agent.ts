import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface SshAgent {
  /** For SSH_AUTH_SOCK. */
  readonly socket: string;
  readonly close: () => void;
}

/** An agent of its own, in `dir`, that has the key of a file with a passphrase. */
export function startSshAgent(dir: string, key: string, passphrase: string): SshAgent {
  const socket = join(dir, 'agent');
  const started = execFileSync('ssh-agent', ['-a', socket], { encoding: 'utf8' });
  const pid = Number(/SSH_AGENT_PID=(\d+)/.exec(started)?.[1]);
  const ask = join(dir, 'ask');
  writeFileSync(ask, `#!/bin/sh\necho ${passphrase}\n`, { mode: 0o755 });
  const env = { SSH_AUTH_SOCK: socket, SSH_ASKPASS: ask, SSH_ASKPASS_REQUIRE: 'force' };
  execFileSync('ssh-add', ['-q', key], { env: { ...process.env, ...env }, stdio: 'ignore' });
  return { socket, close: () => process.kill(pid) };
}
