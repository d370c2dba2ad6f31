import { deepEqual, equal } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { chmod, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { isDrift } from '../../../src/model/drift.ts';
import type {
  ApplyResult,
  HistoryResult,
  PlanResult,
  StatusResult,
} from '../../../src/operations/results.ts';
import type { DriftResult } from '../../../src/operations/drift/results.ts';
import type { Rig } from '../../scenario/rig/rig.ts';
import type { CliResult } from '../../scenario/rig/setpoint-process.ts';
import { stateGit } from '../../scenario/rig/state-remote.ts';
import { CONF, FRESH, SCHEDULER, VARIANTS } from './steps.ts';
import type { Foreign, PlanId, Step, Next } from './steps.ts';

const ALL = [CONF, FRESH, SCHEDULER];

/** Plays steps against a host, and holds what is left after each against what must be true. */
export class Sequence {
  /** Files that somebody else edited, deleted or made another mode of. */
  readonly #edited = new Set<string>();
  /** Lines that somebody else added to the manifest, and that nobody has taken away as a whole since. */
  #theirs: string[] = [];
  #originals = new Map<string, string>();
  readonly #rig: Rig;

  constructor(rig: Rig) {
    this.#rig = rig;
  }

  async begin(): Promise<void> {
    await this.#rig.put(CONF, 'level = 0\n');
    for (const path of ALL) this.#originals.set(path, await this.#fingerprint(path));
  }

  async play(step: Step): Promise<void> {
    switch (step.do) {
      case 'edit':
        await this.#edit(step.plan, step.to, step.next);
        break;
      case 'drop':
        if (await this.#drop([step.plan])) await this.#apply();
        break;
      case 'git revert':
        if (await this.#gitRevert()) await this.#apply();
        break;
      case 'apply':
        await this.#apply();
        break;
      case 'revert':
        await this.#goBack(['revert'], step.back);
        break;
      case 'restore':
        await this.#goBack(['backup', 'restore'], step.back);
        break;
      case 'foreign':
        await this.#foreign(step.path, step.what);
        break;
    }
    await this.#look();
  }

  /** Without plans everything is as before management; what others did is left. */
  async end(): Promise<void> {
    await this.#drop(['files', 'flags', 'more']);
    await this.#apply([], [0]);
    await this.#look();
    const status = await this.#status();
    deepEqual([status.files, status.plans], [[], []]);
    for (const path of ALL) {
      if (!this.#edited.has(path))
        equal(`${path} ${await this.#fingerprint(path)}`, `${path} ${this.#originals.get(path)}`);
    }
    await this.#theirLinesAreThere();
  }

  async #edit(plan: PlanId, to: number, next: Next): Promise<void> {
    const variants = VARIANTS[plan];
    await this.#rig.workspace.plan(plan, `resources:\n${variants[to % variants.length] ?? ''}`);
    if (!(await this.#committed(`${plan} ${to}`))) return;
    if (next === 'apply') await this.#apply();
    if (next === 'apply it alone') await this.#apply([plan]);
    if (next === 'apply saved') await this.#applySaved();
  }

  async #committed(message: string): Promise<boolean> {
    if ((await this.#rig.workspace.git('status', '--porcelain')) === '') return false;
    await this.#rig.workspace.commit(message);
    return true;
  }

  async #drop(plans: readonly PlanId[]): Promise<boolean> {
    for (const plan of plans)
      await rm(join(this.#rig.workspace.dir, `plans/${plan}.yaml`), { force: true });
    return this.#committed(`without ${plans.join(', ')}`);
  }

  async #gitRevert(): Promise<boolean> {
    const { git } = this.#rig.workspace;
    if ((await git('rev-list', '--count', 'HEAD')) === '1') return false;
    await git('revert', '--no-edit', 'HEAD');
    return true;
  }

  /** Applies, then again: the second time changes nothing. */
  async #apply(
    plans: readonly string[] = [],
    codes: readonly number[] = [0, 3, 7, 65],
  ): Promise<void> {
    const args = ['apply', ...plans, '--auto-approve', '--no-guardian'];
    const first = await this.#run(codes, ...args);
    if (first.code !== 0) return;
    const before = await this.#everything();
    const again = await this.#run([0], ...args, '--json');
    deepEqual(again.json<ApplyResult>().result.runs, []);
    deepEqual(await this.#everything(), before);
  }

  async #applySaved(): Promise<void> {
    const file = join(this.#rig.dir, 'set.json');
    const planned = await this.#run([0, 65], 'plan', '--out', file, '--json');
    if (planned.code !== 0) return;
    const { set } = planned.json<PlanResult>().result;
    const { code } = await this.#run([0, 3, 7], 'apply', file, '--no-guardian');
    if (set.parts.length === 0 || code === 7) return;
    const before = await this.#everything();
    await this.#run(code === 0 ? [6] : [6, 7], 'apply', file, '--no-guardian');
    deepEqual(await this.#everything(), before);
  }

  async #goBack(command: readonly string[], back: number): Promise<void> {
    const { result } = (await this.#run([0], 'history', '--json')).json<HistoryResult>();
    const runs = result.runs.flatMap(({ run }) => run ?? []);
    if (runs.length === 0) return;
    const run = runs[back % runs.length] ?? '';
    const restores = command.includes('restore');
    const managed = restores ? (await this.#status()).files.map(({ path }): string => path) : ALL;
    await this.#run([0, 3, 7, 64], ...command, run, '--auto-approve', '--no-guardian');
    if (!restores) return;
    // Whole files go back: lines of others that came since go with them; what nobody manages is no plan's to release.
    const text = (await this.#text(SCHEDULER)) ?? '';
    this.#theirs = this.#theirs.filter((line) => text.includes(line));
    for (const path of ALL) if (!managed.includes(path)) this.#edited.add(path);
  }

  async #foreign(path: string, what: Foreign): Promise<void> {
    const { put, real } = this.#rig;
    const text = await this.#text(path);
    if (text === null) return;
    this.#edited.add(path);
    if (what === 'chmod') return chmod(real(path), 0o640);
    if (what === 'delete') {
      if (path === SCHEDULER) this.#theirs = [];
      return rm(real(path));
    }
    if (what === 'own') {
      return put(path, text.replace(/false|0\.0\.0\.0|level = \d|fresh/, 'true'));
    }
    const line = `# theirs ${this.#theirs.length}\n`;
    if (path === SCHEDULER) this.#theirs.push(line);
    return put(path, `${text}${line}`);
  }

  /** Whatever happened: nothing is open, record, `status` and `drift` say the same of the bytes on the host. */
  async #look(): Promise<void> {
    const drift = (await this.#run([0, 2], 'drift', '--json')).json<DriftResult>().result;
    const status = await this.#status();
    deepEqual(status.openRuns, []);
    const copies = await this.#recordedCopies();
    for (const { path, drift: told } of status.files) {
      const compared = drift.files.find((file) => file.path === path);
      const said = compared?.items.some(isDrift) === true || compared?.otherLines === true;
      equal(`${path} ${told}, drift: ${told !== 'in-sync'}`, `${path} ${told}, drift: ${said}`);
      const same = copies.get(path) === (await this.#blob(path));
      equal(
        `${path} ${told}, copy: ${told === 'in-sync' || told === 'metadata'}`,
        `${path} ${told}, copy: ${same}`,
      );
      if (!this.#edited.has(path)) equal(`${path} ${told}`, `${path} in-sync`);
    }
    await this.#theirLinesAreThere();
  }

  async #theirLinesAreThere(): Promise<void> {
    const text = (await this.#text(SCHEDULER)) ?? '';
    deepEqual(
      this.#theirs.filter((line) => !text.includes(line)),
      [],
    );
  }

  async #run(codes: readonly number[], ...args: readonly string[]): Promise<CliResult> {
    const result = await this.#rig.setpoint(...args);
    const all = `${args.join(' ')} exited ${result.code}\n${result.stdout}\n${result.stderr}`;
    if (!codes.includes(result.code) || /SP9\d{3}/.test(all)) throw new Error(all);
    return result;
  }

  async #status(): Promise<StatusResult> {
    return (await this.#run([0], 'status', '--json')).json<StatusResult>().result;
  }

  /** Ids of the copies that the newest commit of the record has, by path. */
  async #recordedCopies(): Promise<ReadonlyMap<string, string>> {
    const refs = await stateGit(this.#rig, 'for-each-ref', '--format=%(refname)').catch(() => '');
    if (refs === '') return new Map();
    const tree = await stateGit(this.#rig, 'ls-tree', '-r', refs, 'files/');
    return new Map(
      [...tree.matchAll(/^\d+ blob (\w+)\tfiles(.*)$/gm)].map(([, id = '', path = '']) => [
        path,
        id,
      ]),
    );
  }

  async #blob(path: string): Promise<string | undefined> {
    const text = await this.#text(path);
    if (text === null) return undefined;
    const bytes = Buffer.from(text);
    return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
  }

  async #text(path: string): Promise<string | null> {
    return readFile(this.#rig.real(path), 'utf8').catch(() => null);
  }

  async #fingerprint(path: string): Promise<string> {
    const found = await stat(this.#rig.real(path)).catch(() => null);
    return found === null
      ? 'absent'
      : `${found.mode.toString(8)} ${(await this.#text(path)) ?? ''}`;
  }

  /** What a run would change: bytes, modes, times and the record. */
  async #everything(): Promise<readonly unknown[]> {
    const files = await Promise.all(
      ALL.map(async (path) => [
        await this.#fingerprint(path),
        (await stat(this.#rig.real(path)).catch(() => null))?.mtimeMs,
      ]),
    );
    return [files, await stateGit(this.#rig, 'for-each-ref').catch(() => '')];
  }
}
