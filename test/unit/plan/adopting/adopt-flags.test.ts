import { describe, expect, it } from 'vitest';
import { kindOf } from '../../../../src/kinds/registry.ts';
import { adopt, adoptedText, changedLines, pod, refusals } from './adopting-bench.ts';

const FILE = '/m/api.yaml';

function planWith(flags: string, rest = ''): string {
  const indented = flags.replaceAll(/^(?=.)/gm, '      ');
  return `setpoint: v1\nname: p\n${rest}resources:\n  api:\n    kind: manifest\n    path: ${FILE}\n    restartProof: weak\n    flags:\n${indented}`;
}

/** What changes in the plan file when the host has these arguments. */
function changes(flags: string, args: readonly string[], rest = ''): readonly string[] {
  const before = planWith(flags, rest);
  const after = adoptedText({ plans: { 'plans/p.yaml': before }, live: { [FILE]: pod(...args) } });
  return changedLines(before, after).map((line) => line.replace(/^([-+]) {6}/, '$1'));
}

function refused(flags: string, args: readonly string[], rest = ''): readonly string[] {
  const plans = { 'plans/p.yaml': planWith(flags, rest) };
  return refusals({ plans, live: { [FILE]: pod(...args) } });
}

describe('a flag that drifted', () => {
  it.each([
    ['a plain number', 'v: 2 # why\n', '--v=9', 'v: 9 # why'],
    ['a plain text', 'v: abc\n', '--v=a/b', 'v: a/b'],
    ['single quotes', "v: '2'   # why\n", '--v=9', "v: '9'   # why"],
    ['double quotes', 'v: "2"\n', '--v=x"y', 'v: "x\\"y"'],
    ['a text that needs quotes', 'v: 2\n', '--v=a: b', 'v: "a: b"'],
    ['a word that YAML 1.1 reads as a boolean', 'v: 2\n', '--v=yes', 'v: "yes"'],
    ['a number that would lose its zeros', 'v: 2\n', '--v=0644', 'v: "0644"'],
    ['an empty value', 'v: 2\n', '--v=', 'v: ""'],
    ['a bare flag', 'v: false\n', '--v', 'v: true'],
    ['what looks like null', 'v: 2\n', '--v=null', 'v: "null"'],
    ['a flag that came back', 'v: null # never\n', '--v=3', 'v: 3 # never'],
    ['another spelling of the name', 'a_b: 2\n', '--a-b=9', 'a_b: 9'],
  ])('keeps the form it is written in: %s', (_title, flags, arg, expected) => {
    expect(changes(flags, [arg]).at(-1)).toBe(`+${expected}`);
    expect(changes(flags, [arg])).toHaveLength(2);
  });

  it('that is gone must not be set: null', () => {
    expect(changes("v: '2' # why\nw: 1\n", ['--w=1'])).toEqual(["-v: '2' # why", '+v: null # why']);
  });

  it('changes alone: order, comments, blank lines and other values stay', () => {
    const flags = '# first\n\nw: 0644\n"v":   2\n\nx: {entries: {a: 1, b: "2"}} # map\n';
    expect(changes(flags, ['--w=0644', '--v=9', '--x=a=1,b=7'])).toEqual([
      '-"v":   2',
      '-x: {entries: {a: 1, b: "2"}} # map',
      '+"v":   9',
      '+x: {entries: {a: 1, b: "7"}} # map',
    ]);
  });

  it('keeps line ends, and a last line without one', () => {
    const plan = planWith('v: 2\nw: 1').replaceAll('\n', '\r\n');
    const live = { [FILE]: pod('--v=2', '--w=5') };
    const after = adoptedText({ plans: { 'plans/p.yaml': plan }, live });
    expect(after).toBe(plan.replace('w: 1', 'w: 5'));
  });

  it('in a plan that is JSON', () => {
    const plan = `{"setpoint": "v1", "name": "p", "resources": {"api": {"kind": "manifest", "path": "${FILE}", "restartProof": "weak", "flags": {"v": "2", "w": 1}}}}`;
    const live = { [FILE]: pod('--v=9', '--w=a,b') };
    expect(adoptedText({ plans: { 'plans/p.yaml': plan }, live })).toBe(
      plan.replace('"2"', '"9"').replace(': 1}', ': "a,b"}'),
    );
  });
});

describe('entries of a map flag', () => {
  it('change, go and come back one by one', () => {
    const flags = 'g:\n  entries:\n    A: true # a\n    B: false\n    C: null\n    D: 1\n';
    expect(changes(flags, ['--g=A=false,C=x,D=1'])).toEqual([
      '-    A: true # a',
      '-    B: false',
      '-    C: null',
      '+    A: false # a',
      '+    B: null',
      '+    C: x',
    ]);
  });
});

describe('elements of a list flag', () => {
  it('move to exclude when they are gone, and back', () => {
    expect(changes('l: {include: [A, "B", C], exclude: [X]}\n', ['--l=A,C,X'])).toEqual([
      '-l: {include: [A, "B", C], exclude: [X]}',
      '+l: {include: [A, C, X], exclude: ["B"]}',
    ]);
  });

  it('take their comment with them, and the list for them is made', () => {
    const flags = 'l:\n  include:\n    - A # a\n    - B # b\n    - C\nw: 1\n';
    const before = planWith(flags);
    const live = { [FILE]: pod('--l=A', '--w=1') };
    const after = adoptedText({ plans: { 'plans/p.yaml': before }, live });
    const expected = 'l:\n  include:\n    - A # a\n  exclude:\n    - B # b\n    - C\nw: 1\n';
    expect(after).toBe(planWith(expected));
  });

  it('leave an empty list when no other is there', () => {
    const flags = 'l:\n  include: # why\n    - A\n  exclude: [B]\n';
    const plans = { 'plans/p.yaml': planWith(flags) };
    expect(adoptedText({ plans, live: { [FILE]: pod('--l=x') } })).toBe(
      planWith('l:\n  include: [] # why\n  exclude: [B, A]\n'),
    );
  });

  it('are changed in every plan that shares them', () => {
    const one = planWith('l: {include: [A, B]}\n');
    const two = planWith('l: {include: [B]}\n').replace('name: p', 'name: q');
    const result = adopt({
      plans: { 'plans/p.yaml': one, 'plans/q.yaml': two },
      live: { [FILE]: pod('--l=A') },
    });
    expect(result.ok && result.value.plans.map(({ after }) => after.tree.file.text)).toEqual([
      one.replace('[A, B]}', '[A], exclude: [B]}'),
      two.replace('[B]}', '[], exclude: [B]}'),
    ]);
  });

  it('are not moved when their comment would be lost', () => {
    expect(refused('l:\n  include:\n    - A # a\n  exclude: [B]\n', ['--l=x'])[0]).toBe(
      'SP3080 line 11: the comment of this element has no place under exclude',
    );
  });
});

describe('what is not adopted', () => {
  it('aliases and what they repeat', () => {
    const [problem, summary] = refused('v: &x 2\nw: *x\n', ['--v=9', '--w=2']);
    expect(problem).toBe('SP3080 line 9: what stands in &x is repeated by *x: both would change');
    expect(summary).toBeUndefined();
    expect(refused('v: &x 2\nw: *x\n', ['--v=2', '--w=9'])[0]).toContain('line 10: this is *x');
    expect(changes('v: &x 2\n', ['--v=9'])).toEqual(['-v: &x 2', '+v: &x 9']);
  });

  it.each([
    ['a flag', 'v: 2\n', '--v=a\tb', '--v', `'${FILE}#flags/api/v'`],
    ['an entry', 'm: {entries: {a: b}}\n', '--m=a=b\tc', '--m', `'${FILE}#flags/api/m/a='`],
  ])('a tab in %s: the reason and the way on are told', (_title, flags, arg, name, address) => {
    const plans = { 'plans/p.yaml': planWith(flags) };
    const result = adopt({ plans, live: { [FILE]: pod(arg) } });
    expect(result.ok ? [] : result.diagnostics).toMatchObject([
      {
        code: 'SP3082',
        message: `${FILE}: the value of ${name} holds a line break or control character, which no plan can declare`,
        help: `correct it on the host and adopt it again, or put it back: setpoint drift --restore ${address}`,
      },
    ]);
  });

  it('values with a tag', () => {
    expect(refused('v: !!str 2\n', ['--v=9'])[0]).toContain('has the tag');
  });

  it('tells every problem at once, and what can be adopted', () => {
    const result = adopt({
      plans: { 'plans/p.yaml': planWith('v: &x 2\nw: *x\nz: 1\n') },
      live: { [FILE]: pod('--v=9', '--w=8', '--z=7') },
    });
    expect(result.ok ? [] : result.diagnostics.map(({ code }) => code)).toEqual([
      'SP3080',
      'SP3080',
      'SP3085',
    ]);
    expect(result.ok ? '' : result.diagnostics.at(-1)?.help).toContain(
      `setpoint drift --adopt '${FILE}#flags/api/z'`,
    );
  });
});

it('every resource is asked what it wants once before and once after', () => {
  let asked = 0;
  const counting: typeof kindOf = (name) => {
    const kind = kindOf(name);
    return {
      ...kind,
      desired: (...question) => {
        asked += 1;
        return kind.desired(...question);
      },
    };
  };
  const plans = { 'plans/p.yaml': planWith('v: 2\n') };
  expect(adopt({ plans, live: { [FILE]: pod('--v=9') }, kindOf: counting }).ok).toBe(true);
  expect(asked).toBe(2);
});
