import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { ApplyResult, PlanResult, StatusResult } from '../../src/operations/results.ts';
import { createFleet } from '../scenario/rig/fleet.ts';
import { filePlan } from '../scenario/rig/plan-text.ts';
import { createRig } from '../scenario/rig/rig.ts';
import type { Rig } from '../scenario/rig/rig.ts';
import { applyLevel, CONF, stateGit, useRemote } from '../scenario/rig/state-remote.ts';
import { goTheWholeWay } from '../scenario/rig/whole-way.ts';
import type { GitServer } from './git-server.ts';
import { httpBackendIsInstalled, startHttpServer } from './http-server.ts';
import type { HttpServer } from './http-server.ts';
import { startSilentServer } from './silent-server.ts';
import { sshdIsInstalled, startSshServer } from './ssh-server.ts';
import type { SshServer } from './ssh-server.ts';

const BRANCH = 'setpoint/cp-1';
const LOGIN = { user: 'mallory', password: 's3cret@word' };
const SECRETS = /s3cret|mallory|word@/;

const opened: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one.close();
});

async function opens<T extends { close(): Promise<unknown> }>(opening: Promise<T>): Promise<T> {
  const one = await opening;
  opened.push(one);
  return one;
}

async function hostOf(server: GitServer | null, url: string): Promise<Rig> {
  const rig = await opens(createRig());
  await server?.admit(rig);
  await useRemote(rig, url);
  await rig.put(CONF, 'level = 0\n');
  return rig;
}

async function status(rig: Rig): Promise<StatusResult['remote']> {
  return (await rig.exits(0, 'status', '--json')).json<StatusResult>().result.remote;
}

/** An apply that ends well, and whose push did not: gives the warning. */
async function notPushed(rig: Rig, level: number): Promise<string> {
  const { code, stderr } = await applyLevel(rig, level);
  expect(code).toBe(0);
  expect(stderr).toContain('SP5080');
  expect(stderr).not.toMatch(SECRETS);
  return stderr;
}

/** What an apply says that pushes; it says nothing. */
async function pushed(server: GitServer, rig: Rig, level: number): Promise<void> {
  const applied = await applyLevel(rig, level, '--json');
  expect(applied.json<ApplyResult>().diagnostics).toEqual([]);
  expect(await server.git('rev-parse', BRANCH)).toBe(await stateGit(rig, 'rev-parse', BRANCH));
}

/** The stories that do not depend on how the remote is reached. */
function stories(start: () => Promise<GitServer>, unreachable: RegExp): void {
  it('each apply pushes, another machine plans from there, and what an outage kept back is made up for', async () => {
    const server = await opens(start());
    const host = await hostOf(server, server.url);
    await pushed(server, host, 1);
    const elsewhere = await opens(createRig());
    await server.admit(elsewhere);
    const clone = join(elsewhere.dir, 'clone');
    await host.workspace.plan('app', filePlan({ content: 'level = 2\n' }));
    await host.workspace.commit('level 2');
    execFileSync('git', ['clone', '--quiet', host.workspace.dir, clone]);
    const args = ['plan', '--against', 'recorded', '--host', 'cp-1', '--json'];
    const there = (await elsewhere.setpointIn(clone, args)).json<PlanResult>().result;
    const here = (await host.exits(0, 'plan', '--json')).json<PlanResult>().result;
    expect(there.set.digest).toBe(here.set.digest);
    await server.down();
    expect(await notPushed(host, 3)).toMatch(unreachable);
    await notPushed(host, 4);
    expect(await status(host)).toMatchObject({ notPushed: 2 });
    await server.up();
    await pushed(server, host, 5);
    expect(await server.git('rev-list', '--count', BRANCH)).toBe('4');
  });

  it('a second host of one name is told, and overwrites nothing', async () => {
    const server = await opens(start());
    const first = await hostOf(server, server.url);
    const second = await hostOf(server, '/nowhere/x.git');
    expect((await applyLevel(second, 1, '--new-host')).code).toBe(0);
    await pushed(server, first, 1);
    const head = await server.git('rev-parse', BRANCH);
    await useRemote(second, server.url);
    const { code, stderr } = await applyLevel(second, 2);
    expect(code).toBe(0);
    expect(stderr).toContain('SP5084');
    expect(await server.git('rev-parse', BRANCH)).toBe(head);
  });

  it('a change goes all the way to two hosts and back, through remotes alone', async () => {
    const fleet = await opens(createFleet(await opens(start())));
    expect(await goTheWholeWay(fleet)).toContain('Nothing to do');
  });
}

/** What is told of a server that takes the call and says nothing, once the call has ended. */
async function toldOfSilence(address: string): Promise<string> {
  const silent = await opens(startSilentServer());
  const rig = await hostOf(null, '/nowhere/x.git');
  expect((await applyLevel(rig, 1, '--new-host')).code).toBe(0);
  await useRemote(rig, `${address}@127.0.0.1:${silent.port}/state.git`);
  const told = await notPushed(rig, 2);
  await silent.hungUp;
  return told;
}

describe.skipIf(!sshdIsInstalled())('recorded state over ssh', () => {
  stories(startSshServer, /Connection refused/);

  it('why the server or the key is not taken stands in the warning, and the next command makes up for it', async () => {
    const server: SshServer = await opens(startSshServer());
    const rig = await hostOf(server, server.url);
    await pushed(server, rig, 1);
    const told = {
      'no-key': /: Permission denied \(publickey\)/,
      unknown: /: Host key verification failed/,
      changed: /: Host key verification failed\. \(Host key for .* has changed/,
    } as const;
    for (const [what, reason] of Object.entries(told)) {
      await server.let(what as keyof typeof told);
      expect((await rig.exits(1, 'state', 'push')).stderr).toMatch(reason);
    }
    expect(await notPushed(rig, 2)).toContain('Host key verification failed');
    await server.let('in');
    await pushed(server, rig, 3);
  });

  it('a server that hangs is given up, and nothing of ours goes on calling it', async () => {
    expect(await toldOfSilence('ssh://mallory')).toContain('no answer within 10 seconds');
  });
});

describe.skipIf(!httpBackendIsInstalled())('recorded state over http', () => {
  stories(() => startHttpServer(null), /Failed to connect|Couldn't connect/);

  it('who has to log in does so by a credential helper or the address; else the warning says what is missing', async () => {
    const server: HttpServer = await opens(startHttpServer(LOGIN));
    const rig = await hostOf(server, server.url);
    await pushed(server, rig, 1);
    await rig.workspace.write('../.gitconfig', '');
    expect(await notPushed(rig, 2)).toMatch(/a user name and a password, and no credential helper/);
    const withLogin = (password: string): string =>
      server.url.replace('//', `//${LOGIN.user}:${encodeURIComponent(password)}@`);
    await useRemote(rig, withLogin('s3cret'));
    expect(await notPushed(rig, 3)).toMatch(/Authentication failed/);
    await useRemote(rig, withLogin(LOGIN.password));
    await pushed(server, rig, 4);
    expect((await rig.exits(0, 'status')).stdout).not.toMatch(SECRETS);
  });

  it('the proxy of the environment is used', async () => {
    const server: HttpServer = await opens(startHttpServer(null));
    const rig = await hostOf(server, 'http://git.example.invalid/state.git');
    Object.assign(rig.env, { http_proxy: `http://127.0.0.1:${server.port}` });
    await pushed(server, rig, 1);
    expect(server.asked.every((url) => url.startsWith('http://git.example.invalid/'))).toBe(true);
  });

  it('a server that hangs is given up, and nothing of ours goes on calling it', async () => {
    expect(await toldOfSilence('http://mallory:s3cret')).toContain('no answer within 10 seconds');
  });
});
