import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import type { Diagnostic } from '../../../../src/diagnostics/diagnostic.ts';
import { planAllHosts } from '../../../../src/operations/plan-from-record.ts';
import type { UnnamedSession } from '../../../../src/operations/session.ts';
import { plainGit, scratchDirectory } from '../../git/scratch.ts';
import { libraryHost } from '../library-session.ts';

let session: UnnamedSession;
let cwd: string;
beforeEach(async () => {
  cwd = scratchDirectory();
  ({ session } = await libraryHost());
});

/** What was told of each host that `setpoint.yaml` names. */
async function told(remote: string, env = {}): Promise<readonly (readonly Diagnostic[])[]> {
  const config = `name: platform\nhosts: [cp-1, cp-2, cp-3]\nstate: {remote: '${remote}'}\n`;
  writeFileSync(join(cwd, 'setpoint.yaml'), config);
  const options = { ...session.options, cwd, env: { ...session.options.env, ...env } };
  const { hosts } = await planAllHosts({ ...session, options }, { plans: [], vars: {} });
  return hosts.map(({ problems }) => problems);
}

it('a remote that does not answer is asked once for all hosts, and each is told', async () => {
  const log = join(cwd, 'asked');
  const ssh = join(cwd, 'ssh');
  writeFileSync(ssh, `#!/bin/sh\necho asked >> '${log}'\necho 'No route to host' >&2\nexit 255\n`);
  chmodSync(ssh, 0o755);
  const problems = await told('ssh://git@git.example.org/state.git', { GIT_SSH_COMMAND: ssh });
  expect(existsSync(log)).toBe(true);
  expect(readFileSync(log, 'utf8')).toBe('asked\n');
  expect(problems.map(([first]) => first?.code)).toEqual(['SP5080', 'SP5080', 'SP5080']);
});

it('a record that cannot be fetched is the matter of its host alone', async () => {
  plainGit(cwd, 'init', '--quiet', '--bare', 'remote.git');
  const remote = join(cwd, 'remote.git');
  const who = 'a <a@example.org> 1700000000 +0000';
  const lost = `tree ${'1'.repeat(40)}\nauthor ${who}\ncommitter ${who}\n\nits tree is lost\n`;
  writeFileSync(join(cwd, 'commit'), lost);
  const make = ['hash-object', '-w', '-t', 'commit', '--literally', join(cwd, 'commit')];
  const commit = plainGit(remote, ...make).trim();
  plainGit(remote, 'update-ref', 'refs/heads/setpoint/cp-1', commit);
  const problems = await told(`file://${remote}`);
  expect(problems.map((all) => all.map(({ code }) => code))).toEqual([['SP5080'], [], []]);
});
