import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const USER = `setpoint-${String(process.pid)}`;
const PROGRAM = resolve('bin/run.js');
const MINE = '# mine\n7 7 * * * true mine\n';
const job = (word: string): string => `# setpoint: job dump\n0 3 * * * true ${word}\n`;

/** Whether an ordinary user can be made who has crontab(1). Where CI is set there has to be one, else these are skipped with one line. */
function isUsable(): boolean {
  const able = process.getuid?.() === 0 && existsSync('/usr/bin/crontab');
  if (able || process.env.CI !== 'true') {
    if (!able) console.log('end-to-end tests skipped: root makes a user here who has crontab(1)');
    return able;
  }
  throw new Error('crontab(1) or root is missing');
}

let home: string;
let uid = 0;

/** crontab(1) that does once what the file `mode` says: its caller dies before, in the middle or after; or it refuses. */
const WRAPPER = (dir: string): string => `#!/bin/sh
[ "$1" = -l ] && exec /usr/bin/crontab "$@"
mode=$(cat ${dir}/mode 2>/dev/null)
rm -f ${dir}/mode
die() { kill -KILL $(cat ${dir}/pid); }
case $mode in
before) die; exit 1;;
middle) echo $$ > ${dir}/orphan; die; while :; do sleep 1; done;;
after) /usr/bin/crontab "$@"; die;;
refuse) echo "You may not" >&2; exit 1;;
*) exec /usr/bin/crontab "$@";;
esac
`;

function asUser(argv: readonly string[]): { readonly status: number | null; readonly out: string } {
  const env = { HOME: home, USER, PATH: `${home}/bin:${process.env['PATH'] ?? ''}` };
  const ids = [`--reuid=${String(uid)}`, '--regid=100', '--clear-groups'];
  const options = { cwd: join(home, 'ws'), env, encoding: 'utf8' } as const;
  const { status, stdout, stderr } = spawnSync('setpriv', [...ids, ...argv], options);
  return { status, out: stdout + stderr };
}

function setpoint(...args: readonly string[]): ReturnType<typeof asUser> {
  const told = 'echo $$ > "$1/pid"; shift; exec "$@"';
  return asUser(['sh', '-c', told, 'sh', `${home}/bin`, process.execPath, PROGRAM, ...args]);
}

const apply = (...more: readonly string[]): number | null =>
  setpoint('apply', '--auto-approve', '--no-guardian', ...more).status;

function crontab(): string | null {
  const { status, stdout } = spawnSync('crontab', ['-u', USER, '-l'], { encoding: 'utf8' });
  return status === 0 ? stdout : null;
}

function has(text: string): void {
  execFileSync('crontab', ['-u', USER, '-'], { input: text });
}

function next(mode: string): void {
  writeFileSync(`${home}/bin/mode`, mode);
  chownSync(`${home}/bin/mode`, uid, 100);
}

/** Of the crontab(1) whose caller died in the middle: it must not write any more. */
function orphans(): readonly string[] {
  const noted = `${home}/bin/orphan`;
  const pids = existsSync(noted) ? [readFileSync(noted, 'utf8').trim()] : [];
  return pids.filter((pid) => existsSync(`/proc/${pid}`) && !isZombie(pid));
}

function isZombie(pid: string): boolean {
  return /^State:\s*Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
}

function commit(): void {
  const git = ['git', '-c', 'user.name=a', '-c', 'user.email=a@b.example'];
  asUser(['git', 'init', '-q', '.']);
  asUser([...git, 'add', '-A']);
  asUser([...git, 'commit', '-qm', 'crontab']);
}

function declare(word: string, more = '', user = USER): void {
  const text = `setpoint: v1
name: own
description: own crontab
resources:
  own:
    kind: crontab
    user: ${user}
    jobs: {dump: {schedule: "0 3 * * *", command: "true ${word}"}}
${more}`;
  writeFileSync(join(home, 'ws/plans/own.yaml'), text);
  commit();
}

describe.skipIf(!isUsable())('the crontab of an ordinary user', () => {
  beforeAll(() => {
    execFileSync('useradd', ['-r', '-M', '-N', '-d', '/nonexistent', '-s', '/bin/sh', USER]);
    uid = Number(execFileSync('id', ['-u', USER], { encoding: 'utf8' }));
  });
  afterAll(() => {
    execFileSync('userdel', [USER]);
  });
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'own-crontab-'));
    for (const name of ['ws/plans', 'bin', 'root'])
      mkdirSync(join(home, name), { recursive: true });
    writeFileSync(join(home, 'bin/crontab'), WRAPPER(`${home}/bin`));
    chmodSync(join(home, 'bin/crontab'), 0o755);
    writeFileSync(join(home, 'ws/setpoint.yaml'), 'name: ws\n');
    execFileSync('chown', ['-R', `${USER}:100`, home]);
  });
  afterEach(() => {
    for (const pid of orphans()) process.kill(-Number(pid), 'SIGKILL');
    spawnSync('crontab', ['-u', USER, '-r']);
    rmSync(home, { recursive: true });
  });

  it('is made, put back and removed again; lines of others stay, also those of the meantime', () => {
    declare('one');
    expect([apply(), crontab()]).toEqual([0, job('one')]);
    has(MINE + job('one').replace('0 3', '0 4'));
    expect(setpoint('drift').status).toBe(2);
    expect(setpoint('drift', '--restore', '--auto-approve', '--no-guardian').status).toBe(0);
    expect(crontab()).toBe(MINE + job('one'));
    const theirs = '9 9 * * * true theirs\n';
    const edit = `(crontab -l; echo '${theirs.trim()}') | crontab -; false`;
    const gate = `gates: [{kind: command, run: [sh, -c, ${JSON.stringify(edit)}], within: 1s, phases: [after]}]`;
    declare('two', `    ${gate}\n`);
    expect(apply()).toBe(3);
    expect(crontab()?.replaceAll(theirs, '')).toBe(MINE + job('one'));
    expect(crontab()).toContain(theirs);
    has(job('one'));
    rmSync(join(home, 'ws/plans/own.yaml'));
    commit();
    expect([apply(), crontab()]).toEqual([0, null]);
  });

  it.each(['before', 'middle', 'after'])(
    'is as before once a run is recovered that died %s',
    (when) => {
      has(MINE);
      declare('one');
      next(when);
      expect(setpoint('apply', '--auto-approve', '--no-guardian').status).toBe(null);
      expect(setpoint('recover').status).toBe(3);
      expect([crontab(), orphans()]).toEqual([MINE, []]);
      declare('two');
      expect([apply(), crontab()]).toEqual([0, MINE + job('two')]);
    },
  );

  it('is put back by the guardian of a run that died', () => {
    has(MINE);
    declare('one');
    next('after');
    expect(setpoint('apply', '--auto-approve').status).toBe(null);
    expect(setpoint('recover', '--lock-timeout', '30s').status).toBe(0);
    expect(crontab()).toBe(MINE);
  });

  it('stays when crontab(1) refuses, when it is of somebody else, and below another root', () => {
    has(MINE);
    declare('one');
    next('refuse');
    const refused = setpoint('apply', '--auto-approve', '--no-guardian');
    expect(refused.out).toContain('You may not');
    expect(refused.status).not.toBe(0);
    expect(setpoint('plan', '--root', join(home, 'root'), '--host', 'x').out).toContain('SP2264');
    declare('one', '', 'daemon');
    expect(setpoint('plan').out).toContain('SP2266');
    expect(crontab()).toBe(MINE);
    has('7 7 * * * true \r\n');
    declare('one');
    expect(setpoint('plan').out).toContain('carriage returns');
  });
});
