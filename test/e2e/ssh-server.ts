import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../scenario/rig/free-port.ts';
import type { Rig } from '../scenario/rig/rig.ts';
import { isInstalled, servedRepository } from './git-server.ts';
import type { GitServer } from './git-server.ts';

const SSHD = '/usr/sbin/sshd';

export interface SshServer extends GitServer {
  /** What the next login meets: all is well, or the key is not accepted, or the server is not known, or has another key. */
  readonly let: (what: 'in' | 'no-key' | 'unknown' | 'changed') => Promise<void>;
}

export function sshdIsInstalled(): boolean {
  return isInstalled(existsSync(SSHD), 'sshd', 'openssh-server');
}

/** A real sshd on loopback with keys, settings and logins of its own: nothing of this machine's ssh is read or changed. */
export async function startSshServer(): Promise<SshServer> {
  const { dir, git } = await servedRepository();
  const port = await freePort();
  const at = (name: string): string => join(dir, name);
  for (const key of ['host', 'client', 'other']) {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', at(key)]);
  }
  await writeFile(at('sshd_config'), serverSettings(dir, port));
  await writeFile(at('ssh_config'), clientSettings(dir));
  let running = await listening(at('sshd_config'));

  async function trust(authorized: string, known: string | null): Promise<void> {
    await writeFile(at('authorized_keys'), await readFile(at(`${authorized}.pub`)));
    const key = known === null ? null : await readFile(at(`${known}.pub`), 'utf8');
    const host = key === null ? '' : `[127.0.0.1]:${port} ${key}`;
    await writeFile(at('known_hosts'), host);
  }
  await trust('client', 'host');

  const urlOf = (name: string): string =>
    `ssh://${userInfo().username}@127.0.0.1:${port}${at(name)}`;
  return {
    dir,
    urlOf,
    url: urlOf('state.git'),
    git,
    admit: (rig: Rig) =>
      writeFile(join(rig.dir, '.gitconfig'), `[core]\n\tsshCommand = ssh -F ${at('ssh_config')}\n`),
    let: (what) =>
      trust(
        what === 'no-key' ? 'other' : 'client',
        { in: 'host', 'no-key': 'host', unknown: null, changed: 'other' }[what],
      ),
    down: () => ended(running),
    async up() {
      running = await listening(at('sshd_config'));
    },
    async close() {
      await ended(running);
      await rm(dir, { recursive: true, force: true });
    },
  };
}

function serverSettings(dir: string, port: number): string {
  return `ListenAddress 127.0.0.1
Port ${port}
HostKey ${dir}/host
AuthorizedKeysFile ${dir}/authorized_keys
PidFile none
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
# Above the directory of the test everybody may write.
StrictModes no
`;
}

function clientSettings(dir: string): string {
  return `IdentityFile ${dir}/client
IdentitiesOnly yes
IdentityAgent none
UserKnownHostsFile ${dir}/known_hosts
GlobalKnownHostsFile /dev/null
`;
}

async function listening(settings: string): Promise<ChildProcess> {
  // Where root's sshd drops its privileges; a service would have made it.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  const child = spawn(SSHD, ['-D', '-e', '-f', settings], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes('Server listening on')) resolve();
    });
    child.once('exit', () => reject(new Error(`sshd ended: ${said}`)));
    child.once('error', reject);
  });
  return child;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill();
  await exit;
}
