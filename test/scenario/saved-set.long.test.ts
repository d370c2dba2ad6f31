import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ApplyResult, PlanResult } from '../../src/operations/results.ts';
import type { ChangeSet } from '../../src/model/change-set.ts';
import { expiringAt } from '../../src/plan/change-set/assemble.ts';
import { filePlan, flagPlan } from './rig/plan-text.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';

const SCHEDULER = '/etc/kubernetes/manifests/kube-scheduler.yaml';

let rig: Rig;
let file: string;
beforeEach(async () => {
  rig = await createRig();
  file = join(rig.dir, 'set.json');
  await rig.workspace.plan('s', flagPlan(SCHEDULER, { profiling: 'false' }));
  await rig.workspace.commit('no profiling');
  await rig.exits(0, 'plan', '--out', file);
});
afterEach(() => rig.close());

const saved = (text: string): ChangeSet => JSON.parse(text) as ChangeSet;

describe('a saved change set', () => {
  it('is readable by its owner only', async () => {
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('is shown by show and carried out by apply without a question', async () => {
    const shown = await rig.exits(0, 'show', file, '--diff');
    expect(shown.stdout).toContain('+    - --profiling=false');
    await rig.exits(0, 'apply', file);
    expect(await rig.read(SCHEDULER)).toContain('--profiling=false');
  });

  it('can come through standard input', async () => {
    const set = await readFile(file, 'utf8');
    expect(await rig.setpointIn(rig.workspace.dir, ['apply', '-'], set)).toMatchObject({ code: 0 });
    expect(await rig.read(SCHEDULER)).toContain('--profiling=false');
  });

  it('has the same digest when it is made again', async () => {
    const again = (await rig.setpoint('plan', '--json')).json<PlanResult>().result;
    expect((JSON.parse(await readFile(file, 'utf8')) as { digest: string }).digest).toBe(
      again.set.digest,
    );
  });

  it('is single-use: the second apply exits 6 and says that it was applied', async () => {
    await rig.exits(0, 'apply', file);
    const second = await rig.exits(6, 'apply', file);
    expect(second.stderr).toMatch(/already/);
  });

  it('is single-use even when plan and host are back where they were', async () => {
    await rig.workspace.plan('other', flagPlan(SCHEDULER, { v: '2' }));
    await rig.workspace.commit('another plan on the same file');
    await rig.applied('other');
    await rig.exits(0, 'plan', 's', '--out', file);
    await rig.exits(0, 'apply', file);
    await rig.workspace.remove('plans/s.yaml');
    await rig.workspace.commit('drop');
    await rig.applied();
    await rig.workspace.git('revert', '--no-edit', 'HEAD');
    await rig.exits(6, 'apply', file);
    expect(await rig.read(SCHEDULER)).not.toContain('--profiling=false');
  });

  it('is single-use even when its file was not managed any more in between', async () => {
    await rig.exits(0, 'apply', file);
    await rig.workspace.remove('plans/s.yaml');
    await rig.workspace.commit('drop');
    await rig.applied();
    await rig.workspace.git('revert', '--no-edit', 'HEAD');
    const second = await rig.exits(6, 'apply', file);
    expect(second.stderr).toContain('was written by run');
    expect(await rig.read(SCHEDULER)).not.toContain('--profiling=false');
  });

  it('is stale when the touched file was edited: exit 6 with its three sides, and planning again merges', async () => {
    await rig.applied();
    await rig.workspace.plan('s', flagPlan(SCHEDULER, { profiling: 'false', v: '2' }));
    await rig.workspace.commit('more log');
    await rig.exits(0, 'plan', '--out', file);
    const edited = (await rig.read(SCHEDULER)).replace(
      '--leader-elect=true',
      '--leader-elect=false',
    );
    await rig.put(SCHEDULER, edited, 0o600);
    const result = await rig.exits(6, 'apply', file, '--format', 'markdown');
    expect(result.stderr).toContain(SCHEDULER);
    expect(result.stderr).toMatch(/^\s*@@ \d+ @@ theirs$/m);
    expect(result.stderr).toMatch(/^\s*-.*--leader-elect=true$/m);
    expect(result.stderr).toMatch(/^\s*\+.*--leader-elect=false$/m);
    expect(result.stderr).toMatch(/^\s*\+.*--v=2$/m);
    expect(result.stderr).toContain('no line overlaps: planning again merges both changes');
    expect(result.stderr).toMatch(
      /^ {2}help: plan again[^]*^ {2}explain: setpoint explain SP3030$/m,
    );
    expect(result.stdout).toContain('reviewed: `setpoint plan --out FILE`.');
    expect(result.stdout).toContain(`### \`${SCHEDULER}\`\n\nNo line overlaps`);
    expect(result.stdout).toMatch(/^```diff\n@@ \d+ @@ theirs\n/m);
    expect(await rig.read(SCHEDULER)).toBe(edited);
    await rig.exits(0, 'plan', '--out', file);
    await rig.exits(0, 'apply', file);
    const merged = await rig.read(SCHEDULER);
    expect(merged).toContain('--leader-elect=false');
    expect(merged).toContain('--v=2');
  });

  it('is stale with the lines marked that both changed', async () => {
    await rig.applied();
    await rig.workspace.plan('s', flagPlan(SCHEDULER, { profiling: 'true' }));
    await rig.workspace.commit('profiling after all');
    await rig.exits(0, 'plan', '--out', file);
    const seen = await rig.read(SCHEDULER);
    await rig.put(SCHEDULER, seen.replace('--profiling=false', '--profiling=0'), 0o600);
    const { stderr, stdout } = await rig.exits(6, 'apply', file);
    expect(stderr).toContain('lines overlap');
    expect(stderr).toMatch(
      /<<<<<<< theirs\n.*=0\n.*\|{7} base.*\n.*=false\n.*=======\n.*=true\n.*>>>>>>> ours/,
    );
    expect(stdout).toBe('');
  });

  it('says of a file that nobody managed that only the hash of what the set saw is known', async () => {
    const seen = await rig.read(SCHEDULER);
    await rig.put(SCHEDULER, `# by hand\n${seen}`, 0o600);
    const { stderr } = await rig.exits(6, 'apply', file);
    expect(stderr).toMatch(/only its hash \(SHA-256 [0-9a-f]{64}\)/);
    expect(stderr).toMatch(/^\s*\+.*--profiling=false$/m);
    expect(stderr).toContain('setpoint drift --record before plan --out keeps it');
  });

  it('shows nothing of a file that is recorded without copies', async () => {
    const extra = '    record: digest';
    await rig.workspace.plan('app', filePlan({ extra }));
    await rig.workspace.commit('by digest');
    await rig.applied('app');
    await rig.workspace.plan('app', filePlan({ extra, content: 'level = 2\n' }));
    await rig.workspace.commit('more of it');
    await rig.exits(0, 'plan', 'app', '--out', file);
    await rig.put('/etc/app/app.conf', 'password = x\n');
    const { stderr, stdout } = await rig.exits(6, 'apply', file, '--format', 'markdown');
    expect(stderr).toContain('/etc/app/app.conf differs: content not shown');
    expect(stdout).toContain('its content is not shown');
    expect(stderr + stdout).not.toMatch(/password|level/);
  });

  it('is not stale when another file was edited', async () => {
    const other = '/etc/kubernetes/manifests/etcd.yaml';
    await rig.put(other, `# by hand\n${await rig.read(other)}`);
    expect((await rig.setpoint('apply', file)).code).toBe(0);
  });

  it('is refused on another host', async () => {
    const result = await rig.exits(6, 'apply', file, '--host', 'cp-2');
    expect(result.stderr).toMatch(/cp-1[^]*cp-2|cp-2[^]*cp-1/);
  });

  it('is stale when its plan changed since', async () => {
    await rig.workspace.plan('s', flagPlan(SCHEDULER, { profiling: 'true' }));
    await rig.workspace.commit('profiling after all');
    await rig.exits(6, 'apply', file);
    expect(await rig.read(SCHEDULER)).not.toContain('profiling');
  });

  it('of named plans stays good when a later commit touches other plans only', async () => {
    await rig.exits(0, 'plan', 's', '--out', file);
    await rig.workspace.plan('other', filePlan());
    await rig.workspace.commit('another plan');
    const { result } = (await rig.exits(0, 'apply', file, '--json')).json<ApplyResult>();
    expect(result.runs.map((run) => run.plan)).toEqual(['s']);
  });

  it('that expires is good until then, and shows it; the time cannot be moved in the file', async () => {
    await rig.exits(64, 'plan', '--expires', '7d');
    await rig.exits(64, 'plan', '--out', file, '--expires', '7 days');
    const planned = await rig.exits(0, 'plan', '--out', file, '--expires', '7d');
    expect(planned.stdout).toMatch(/not to be applied after \d{4}-/);
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace(/"notAfter": "\d{4}/, '"notAfter": "9999'));
    expect((await rig.exits(6, 'apply', file)).stderr).toContain('SP3031');
    await writeFile(file, text);
    const { result } = (await rig.exits(0, 'apply', file, '--json')).json<ApplyResult>();
    expect(result.runs[0]?.changeSet).toBe(saved(text).digest);
  });

  it('that has expired is not applied: exit 6, saying when', async () => {
    const expired = expiringAt(saved(await readFile(file, 'utf8')), '2026-01-02T03:04:05.678Z');
    await writeFile(file, JSON.stringify(expired));
    const { stderr } = await rig.exits(6, 'apply', file);
    expect(stderr).toContain('SP3051');
    expect(stderr).toContain('expired at 2026-01-02T03:04:05.678Z');
    expect(await rig.read(SCHEDULER)).not.toContain('profiling');
  });

  it('of another format is refused by the name of that format', async () => {
    for (const version of ['2.0', '1.1']) {
      const other = { ...saved(await readFile(file, 'utf8')), formatVersion: version };
      await writeFile(file, JSON.stringify(other));
      const { stderr } = await rig.exits(6, 'apply', file);
      expect(stderr).toContain(`format version ${version}`);
    }
  });

  it('that another version of setpoint made is applied when this one plans the same', async () => {
    const set = saved(await readFile(file, 'utf8'));
    const other = { ...set, meta: { ...set.meta, toolVersion: '0.1.99', actor: 'somebody@else' } };
    await writeFile(file, JSON.stringify(other));
    await rig.exits(0, 'apply', file);
    expect(await rig.read(SCHEDULER)).toContain('--profiling=false');
  });

  it('replaces a file that others could read by one that they cannot', async () => {
    await chmod(file, 0o644);
    await rig.exits(0, 'plan', '--out', file);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['changed by hand', (text: string) => text.replace('profiling', 'insecure')],
    ['cut short', (text: string) => text.slice(0, -40)],
    ['something else', () => '{"a": 1}'],
  ])('that was %s is refused', async (_, change) => {
    await writeFile(file, change(await readFile(file, 'utf8')));
    const result = await rig.setpoint('apply', file);
    expect([6, 65]).toContain(result.code);
    expect(await rig.read(SCHEDULER)).not.toContain('profiling');
  });
});
