import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { filePlan, redGate } from '../rig/plan-text.ts';
import { createRig } from '../rig/rig.ts';
import type { Rig } from '../rig/rig.ts';
import type { CliResult } from '../rig/setpoint-process.ts';
import { openWorkspace } from '../rig/workspace.ts';
import type { Workspace } from '../rig/workspace.ts';

/**
 * One host, one repository, and the words that tables about them are written in:
 * - `a=one`: plan `a` gives `/etc/app/a.conf` the content `one`, and is committed; `a=-`: its plan file is deleted, and that is
 *   committed; `a=red`: with a gate that stays red; `a=one in DIR/FILE`: in another plan file than `plans/a.yaml`
 * - `commit`, `git ARGS`: in the checkout; `clone ARGS`: from now on a new clone elsewhere is the checkout
 * - `apply …`, `save …` (plan --out), `apply saved`, `3: apply` and any other command: with the exit code that it has to have
 */
export class GitStory {
  readonly #rig: Rig;
  #checkout: Workspace;
  #clones = 0;

  private constructor(rig: Rig) {
    this.#rig = rig;
    this.#checkout = rig.workspace;
  }

  static async begin(): Promise<GitStory> {
    return new GitStory(await createRig());
  }

  end(): Promise<void> {
    return this.#rig.close();
  }

  /** A step before the one in question; throws when it goes wrong. */
  async play(step: string): Promise<void> {
    const plan = /^(\w+)=(\S+)(?: in (\S+))?$/.exec(step);
    if (plan !== null) {
      const [, name = '', content = '', file = `plans/${name}.yaml`] = plan;
      return this.#commitPlan(name, content, file);
    }
    const [word = '', ...args] = step.split(' ');
    if (word === 'git') {
      await this.#checkout.git(
        ...(args[0] === 'revert' ? ['revert', '--no-edit', ...args.slice(1)] : args),
      );
      return;
    }
    if (word === 'clone') return this.#clone(args);
    if (word === 'commit') {
      await this.#checkout.commit('a change');
      return;
    }
    const [, code = '0', command = ''] = /^(?:(\d+): )?(.*)$/.exec(step) ?? [];
    const result = await this.act(command);
    if (result.code !== Number(code))
      throw new Error(`${step} exited ${result.code}\n${result.stdout}${result.stderr}`);
  }

  /** Runs a command in the checkout. */
  async act(command: string): Promise<CliResult> {
    const saved = join(this.#rig.dir, 'saved.json');
    const [word = '', ...rest] = command.replace('saved', saved).split(' ');
    const quiet = ['--auto-approve', '--no-guardian'];
    if (word === 'apply') return this.#run('apply', ...rest, ...quiet);
    if (word === 'revert') {
      const commit = await this.#checkout.git('rev-parse', rest[0] ?? 'HEAD');
      return this.#run('revert', commit, ...quiet);
    }
    if (word === 'save') return this.#run('plan', '--out', saved, ...rest);
    return this.#run(word, ...rest);
  }

  /** The host as `wanted` writes it: `a=one b=-`. */
  async host(wanted: string): Promise<string> {
    const names = wanted.split(' ').map((word) => word.split('=')[0] ?? '');
    const contents = await Promise.all(
      names.map((name) => this.#rig.read(pathOf(name)).catch(() => '-')),
    );
    return names.map((name, at) => `${name}=${contents[at]?.trim()}`).join(' ');
  }

  #run(...args: readonly string[]): Promise<CliResult> {
    return this.#rig.setpointIn(this.#checkout.dir, args);
  }

  async #commitPlan(name: string, content: string, file: string): Promise<void> {
    if (content === '-') await this.#checkout.remove(file);
    else {
      const gates = content === 'red' ? [redGate('false', { within: '20ms' })] : [];
      const body = filePlan({ path: pathOf(name), content: `${content}\n`, gates });
      await this.#checkout.write(file, `setpoint: v1\nname: ${name}\n${body}\n`);
    }
    await this.#checkout.commit(`${name} is ${content}`);
  }

  async #clone(args: readonly string[]): Promise<void> {
    const dir = join(this.#rig.dir, 'builds', `${(this.#clones += 1)}`, 'src');
    await mkdir(join(dir, '..'), { recursive: true });
    await this.#rig.workspace.git(
      'clone',
      '--quiet',
      ...args,
      `file://${this.#rig.workspace.dir}`,
      dir,
    );
    this.#checkout = openWorkspace(dir, this.#rig.env);
  }
}

function pathOf(plan: string): string {
  return `/etc/app/${plan}.conf`;
}
