import { describe, expect, it } from 'vitest';
import { adopt, adoptedText, changedLines, good, refusals } from './adopting-bench.ts';

const FILE = '/etc/app.conf';

function planWith(head: string, content = 'content: ${vars.x}'): string {
  return `setpoint: v1\nname: p\n${head}resources:\n  conf:\n    kind: file\n    path: ${FILE}\n    ${content}\n`;
}

function changes(head: string, live = 'b'): readonly string[] {
  const before = planWith(head);
  return changedLines(
    before,
    adoptedText({ plans: { 'plans/p.yaml': before }, live: { [FILE]: live } }),
  );
}

function refused(plan: string, vars = {}): string | undefined {
  return refusals({ plans: { 'plans/p.yaml': plan }, live: { [FILE]: 'b' }, vars })[0];
}

describe('a value that is one variable', () => {
  it('is set for this host, and for no other', () => {
    const head = 'vars:\n  x: a # all\n\n# resources\n';
    const before = planWith(head);
    const given = { plans: { 'plans/p.yaml': before }, live: { [FILE]: 'b' } };
    const expected = head.replace('all\n', 'all\nhostVars:\n  cp-1:\n    x: b\n');
    expect(adoptedText(given)).toBe(planWith(expected));
    expect(good(adopt({ ...given, hosts: ['cp-1', 'cp-2'] })).warnings).toEqual([]);
  });

  it.each([
    ['its own entry', 'hostVars:\n  cp-1: {x: "a"} # c\n', ['+  cp-1: {x: "b"} # c']],
    ['the entry of the host', 'vars: {x: a}\nhostVars:\n  cp-1:\n    y: 1\n', ['+    x: b']],
    [
      'between braces',
      'vars: {x: a}\nhostVars: {cp-1: {y: 1}}\n',
      ['+hostVars: {cp-1: {y: 1, x: b}}'],
    ],
    ['beside other hosts', 'hostVars:\n  cp-*: {x: a}\n', ['+  cp-1:', '+    x: b']],
  ])('is changed in %s', (_title, head, expected) => {
    expect(changes(head).filter((line) => line.startsWith('+'))).toEqual(expected);
  });

  it('stays a text when it was one', () => {
    expect(changes('hostVars: {cp-1: {x: a}}\n', '7').at(-1)).toBe('+hostVars: {cp-1: {x: "7"}}');
  });

  it('of several lines is quoted', () => {
    expect(changes('vars: {x: a}\n', 'b\nc\n').at(-1)).toBe('+    x: "b\\nc\\n"');
  });
});

describe('a variable that is not changed', () => {
  it('because it is used elsewhere', () => {
    const gate = '    gates: [{kind: command, run: [echo, "${vars.x}-${vars.x}"]}]';
    expect(refused(`${planWith('vars:\n  x: a\n')}${gate}\n`)).toBe(
      'SP3081 line 9: variable x (set on line 4) is used 3 times: lines 9, 10, 10',
    );
  });

  it('because it is given on the command line', () => {
    expect(refused(planWith('vars: {x: a}\n'), { x: 'c' })).toBe(
      'SP3081 line 8: variable x is given by --var or --var-file',
    );
  });

  it('because the value is put together, or the name of the host', () => {
    expect(refused(planWith('vars: {x: a}\n', 'content: ${vars.x}-${host.name}'))).toBe(
      'SP3081 line 8: this value is put together from ${vars.x}, ${host.name}',
    );
    expect(refused(planWith('', 'content: ${host.name}'))).toContain('is the name of the host');
  });

  it('because no variable can hold the value', () => {
    const plans = { 'plans/p.yaml': planWith('vars: {x: a}\n') };
    expect(refusals({ plans, live: { [FILE]: '${y}' } })[0]).toContain('SP3082 line 8: variable x');
  });

  it('because it is repeated by an alias', () => {
    const head = 'vars: {x: a}\nhostVars:\n  cp-1: &v {x: a}\n  cp-2: *v\n';
    expect(refused(planWith(head))).toContain('SP3080 line 5: what stands in &v is repeated by *v');
  });
});

describe('other hosts', () => {
  it('whose values change too are told, and those whose do not are not', () => {
    const plan = planWith(
      'hosts: ["cp-*"]\nhostVars: {cp-3: {x: z}}\nvars: {x: a}\n',
      'content: a',
    );
    const hosts = ['cp-1', 'cp-2', 'cp-3', 'db-1'];
    const given = { plans: { 'plans/p.yaml': plan }, live: { [FILE]: 'b' }, hosts };
    const [warning] = good(adopt(given)).warnings;
    expect(warning?.code).toBe('SP3086');
    expect(warning?.message).toMatch(/: cp-2, cp-3$/);
  });

  it('that use the same source are told', () => {
    const resource = 'source: "files/${vars.x}"';
    const plan = planWith('vars: {x: a}\nhostVars: {cp-3: {x: b}}\n', resource);
    const result = adopt({
      plans: { 'plans/p.yaml': plan },
      sources: { 'files/a': 'a', 'files/b': 'b' },
      live: { [FILE]: 'c' },
      hosts: ['cp-1', 'cp-2', 'cp-3'],
    });
    expect(good(result).warnings[0]?.message).toMatch(/: cp-2$/);
  });
});
