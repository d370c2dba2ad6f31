import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { WorkspacePath } from '../../../../src/model/brand.ts';
import { parsePlanFile, type PlanDocument } from '../../../../src/plan/files/parse-plan.ts';
import { parseWorkspaceConfig } from '../../../../src/plan/files/parse-workspace.ts';
import { resolveWorkspace } from '../../../../src/plan/files/resolve-workspace.ts';
import { contextFor, FIXTURES } from './workspace-reader.ts';

function document(name: string, after: readonly string[] = [], more = ''): PlanDocument {
  const text = `setpoint: v1\nname: ${name}\nafter: [${after.join(', ')}]\n${more}resources: {m: {kind: file, path: /etc/${name}, content: a}}\n`;
  return parsed(text, `plans/${name}.yaml`);
}

function parsed(text: string, file: string): PlanDocument {
  const result = parsePlanFile(text, file as WorkspacePath);
  if (!result.ok) throw new Error(result.diagnostics.map((d) => d.message).join('\n'));
  return result.value;
}

function broken(name: string): PlanDocument {
  const text = `setpoint: v1\nname: ${name}\nresources: {m: {kind: file, path: /x, content: "\${vars.no}"}}\n`;
  return parsed(text, `plans/${name}.yaml`);
}

const CONTEXT = contextFor(FIXTURES);

function outcome(documents: readonly PlanDocument[]): unknown {
  const result = resolveWorkspace(documents, CONTEXT);
  if (!result.ok)
    return result.diagnostics.map((d) => `${d.code} ${d.at?.file}:${d.at?.line} ${d.message}`);
  return result.value.plans.map((plan) => plan.name);
}

describe('plans of a workspace', () => {
  it('come after those they name, otherwise by name', () => {
    expect(
      outcome([document('b', ['c']), document('d'), document('a', ['b']), document('c')]),
    ).toEqual(['c', 'b', 'a', 'd']);
  });

  it('wait for every one they name', () => {
    const documents = [
      document('a', ['b', 'z']),
      document('b'),
      document('z', ['c']),
      document('c'),
    ];
    expect(outcome(documents)).toEqual(['b', 'c', 'z', 'a']);
  });

  it('ignore an after that is not for this host, but not one that is unknown', () => {
    const elsewhere = document('other', [], 'hosts: [worker-1]\n');
    expect(outcome([document('a', ['other']), elsewhere])).toEqual(['a']);
    expect(outcome([document('a', ['othr']), elsewhere])).toEqual([
      'SP1402 plans/a.yaml:3 there is no plan "othr" in this workspace',
    ]);
  });

  it('cannot wait for each other, each circle is named once', () => {
    const circle = [
      document('a', ['b']),
      document('b', ['c']),
      document('c', ['a']),
      document('d', ['a']),
    ];
    expect(outcome(circle)).toEqual([
      'SP1403 plans/a.yaml:3 plans wait for each other: a after b after c after a',
    ]);
    expect(outcome([document('a', ['a'])])).toEqual([
      'SP1403 plans/a.yaml:3 plans wait for each other: a after a',
    ]);
  });

  it('have names of their own', () => {
    const twin = parsed(
      'setpoint: v1\nname: a\nresources: {m: {kind: file, path: /x, content: a}}\n',
      'plans/z.yaml',
    );
    expect(outcome([document('a'), twin])).toEqual([
      'SP1401 plans/z.yaml:2 plan name "a" is taken by plans/a.yaml',
    ]);
  });

  it('report the problems of all files at once', () => {
    expect(outcome([broken('b'), broken('a'), document('c', ['nothing'])])).toEqual([
      'SP1101 plans/a.yaml:3 variable "no" is not defined for host cp-1',
      'SP1101 plans/b.yaml:3 variable "no" is not defined for host cp-1',
      'SP1402 plans/c.yaml:3 there is no plan "nothing" in this workspace',
    ]);
  });

  it('may form a chain of ten thousand', () => {
    const chain = Array.from({ length: 10_000 }, (_, n) => {
      const plan = document('a');
      const name = `p${String(n).padStart(5, '0')}` as PlanDocument['name'];
      const after =
        n === 9999 ? [] : [{ name: `p${String(n + 1).padStart(5, '0')}`, span: plan.nameSpan }];
      return { ...plan, name, after };
    });
    expect((outcome(chain) as string[])[0]).toBe('p09999');
  });
});

describe('fixture workspaces', () => {
  it.each(['minimal', 'control-plane'])('%s is valid', async (name) => {
    const dir = join(FIXTURES, 'workspaces', name);
    const config = parseWorkspaceConfig(
      readFileSync(join(dir, 'setpoint.yaml'), 'utf8'),
      'setpoint.yaml' as WorkspacePath,
    );
    expect(config.ok).toBe(true);
    const documents = readdirSync(join(dir, 'plans'))
      .sort()
      .map((file) => parsed(readFileSync(join(dir, 'plans', file), 'utf8'), `plans/${file}`));
    const result = resolveWorkspace(documents, contextFor(dir));
    expect(result).toMatchObject({ ok: true });
    expect(result.ok && result.value.plans.map((plan) => plan.name)).not.toContain('worker-motd');
  });
});
