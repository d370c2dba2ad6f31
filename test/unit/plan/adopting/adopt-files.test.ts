import { describe, expect, it } from 'vitest';
import { adopt, adoptedText, good, refusals } from './adopting-bench.ts';

const FILE = '/etc/app.conf';

function planWith(resource: string, rest = ''): string {
  const indented = resource.replaceAll(/^(?=.)/gm, '    ');
  return `setpoint: v1\nname: p\n${rest}resources:\n  conf:\n    kind: file\n    path: ${FILE}\n${indented}`;
}

/** The resource's lines when the host has this text. */
function edited(resource: string, live: string | Uint8Array | null): string {
  const before = planWith(resource);
  const after = adoptedText({ plans: { 'plans/p.yaml': before }, live: { [FILE]: live } });
  const head = planWith('');
  expect(after.startsWith(head)).toBe(true);
  return after.slice(head.length).replaceAll(/^ {4}/gm, '');
}

function refused(resource: string, live: string | Uint8Array | null): readonly string[] {
  return refusals({ plans: { 'plans/p.yaml': planWith(resource) }, live: { [FILE]: live } });
}

describe('content in a block', () => {
  const block = 'content: | # why\n  a = 1\n  b = 2\n\n# the rest\nonChange: []\n';
  it.each([
    ['other lines', 'a = 1\nb = 3\n', '| # why\n  a = 1\n  b = 3\n'],
    ['no line end', 'a', '|- # why\n  a\n'],
    ['lines that begin with blanks', '  a\nb\n', '|2 # why\n    a\n  b\n'],
    ['blank lines and blanks at line ends', '\n\na \n\n\tb\n', '| # why\n\n\n  a \n\n  \tb\n'],
    ['what looks like a reference', 'a ${x} $${y}\n', '| # why\n  a $${x} $$${y}\n'],
    ['what looks like YAML', '---\n# x: {\n...\n', '| # why\n  ---\n  # x: {\n  ...\n'],
  ])('gets %s', (_title, live, expected) => {
    expect(edited(block, live)).toBe(`content: ${expected}\n# the rest\nonChange: []\n`);
  });

  it('that keeps its last line ends does not take the blank lines below', () => {
    expect(edited(block, 'a\n\n\n')).toBe('content: |+ # why\n  a\n\n\n# the rest\nonChange: []\n');
  });

  it.each([
    ['carriage returns', 'a\r\nb\r\n', '"a\\r\\nb\\r\\n" # why'],
    ['nothing', '', '"" # why'],
    [
      'characters that readers take differently',
      'a\u2028\u0085\uFEFF\n',
      '"a\\u2028\\u0085\\uFEFF\\n" # why',
    ],
    ['a last line of blanks', 'a\n  ', '"a\\n  " # why'],
  ])('becomes a quoted text for %s', (_title, live, expected) => {
    expect(edited(block, live)).toBe(`content: ${expected}\n\n# the rest\nonChange: []\n`);
  });

  it('keeps its indentation, and becomes literal when it was folded', () => {
    expect(edited('content: >-\n      a\n      b\nmode: "0644"\n', 'c\nd')).toBe(
      'content: |-\n      c\n      d\nmode: "0644"\n',
    );
  });

  it('in a file with carriage returns at line ends', () => {
    const plan = planWith('content: |\n  a\n  b\nmode: "0644"\n').replaceAll('\n', '\r\n');
    const after = adoptedText({ plans: { 'plans/p.yaml': plan }, live: { [FILE]: 'a\nc\n' } });
    expect(after).toBe(plan.replace('  b\r', '  c\r'));
  });

  it('at the end of a file without a line end', () => {
    expect(edited('content: |\n  a', 'b\n')).toBe('content: |\n  b\n');
  });
});

describe('content in one line', () => {
  it.each([
    ['plain', 'content: a # why\n', 'b', 'content: b # why\n'],
    ['plain, a number', 'content: a\n', '1', 'content: "1"\n'],
    ['single', "content: 'a'\n", "it's", "content: 'it''s'\n"],
    ['double', 'content: "a\\n"\n', 'b\nc\n', 'content: "b\\nc\\n"\n'],
    ['plain, several lines now', 'content: a # why\n', 'b\nc\n', 'content: | # why\n  b\n  c\n'],
  ])('keeps its form: %s', (_title, resource, live, expected) => {
    expect(edited(resource, live)).toBe(expected);
  });

  it('between braces', () => {
    const plan = `setpoint: v1\nname: p\nresources: {conf: {kind: file, path: ${FILE}, content: a}}\n`;
    const after = adoptedText({ plans: { 'plans/p.yaml': plan }, live: { [FILE]: 'b, c\nd\n' } });
    expect(after).toBe(plan.replace('content: a', 'content: "b, c\\nd\\n"'));
  });
});

describe('mode and absence', () => {
  it('the mode stays a quoted text', () => {
    const plan = planWith("content: a\nmode: '0600' # secret\n");
    const given = { plans: { 'plans/p.yaml': plan }, live: { [FILE]: 'a' }, mode: 0o640 };
    expect(adoptedText(given)).toBe(plan.replace('0600', '0640'));
  });

  it('a file that is gone must not exist, and has no mode', () => {
    expect(edited('mode: "0644"\ncontent: |\n  a\nonChange: []\n', null)).toBe(
      'absent: true\nonChange: []\n',
    );
    const flow = `setpoint: v1\nname: p\nresources: {conf: {kind: file, path: ${FILE}, content: a, mode: "0600"}}\n`;
    expect(adoptedText({ plans: { 'plans/p.yaml': flow }, live: { [FILE]: null } })).toBe(
      flow.replace('content: a, mode: "0600"', 'absent: true'),
    );
  });

  it('its mode alone cannot be gone', () => {
    const plans = { 'plans/p.yaml': planWith('content: a\nmode: "0600"\n') };
    expect(refusals({ plans, live: { [FILE]: null }, only: ['mode'] })[0]).toContain(
      'SP3083 line 2: mode of /etc/app.conf went with the file',
    );
  });

  it('a file that came back has its content', () => {
    expect(edited('absent: true # why\n', 'a\nb\n')).toBe('content: | # why\n  a\n  b\n');
  });
});

describe('a source', () => {
  const resource = 'source: files/app.conf\n';
  it('gets the live bytes, whatever they are', () => {
    const live = { [FILE]: Buffer.from([0, 255, 10]) };
    const plans = { 'plans/p.yaml': planWith(resource) };
    const result = good(adopt({ plans, sources: { 'files/app.conf': 'a' }, live }));
    expect(result.plans).toEqual([]);
    expect(result.sources).toEqual([{ source: 'files/app.conf', bytes: live[FILE] }]);
  });

  it('that another resource uses is not changed for this one', () => {
    const other = '  other:\n    kind: file\n    path: /etc/b.conf\n    source: ./files/app.conf\n';
    const given = {
      plans: { 'plans/p.yaml': planWith(resource) + other },
      sources: { 'files/app.conf': 'a' },
    };
    const [problem] = refusals({ ...given, live: { [FILE]: 'b', '/etc/b.conf': 'a' } });
    expect(problem).toBe('SP3084 what p/other wants of /etc/b.conf (content) would change, too');
    const both = refusals({ ...given, live: { [FILE]: 'b', '/etc/b.conf': 'c' } });
    expect(both).toEqual(['SP3088 files/app.conf would get the content of two files']);
    expect(adopt({ ...given, live: { [FILE]: 'b', '/etc/b.conf': 'b' } }).ok).toBe(true);
  });

  it.each([
    ['together', { '/etc/b.conf': 'b' }, [`${FILE}#content`, '/etc/b.conf#content']],
    ['not when one of them is not chosen', { '/etc/b.conf': 'a' }, []],
    ['not when they differ', { '/etc/b.conf': 'c' }, []],
  ])('is named for what can be adopted by name: %s', (_title, live, expected) => {
    const resources = { b: 'source: files/app.conf', d: 'content: d', n: 'content: n' };
    const more = Object.entries(resources).map(
      ([name, given]) => `  ${name}:\n    {kind: file, path: /etc/${name}.conf, ${given}}\n`,
    );
    const given = {
      plans: { 'plans/p.yaml': planWith(resource) + more.join('') },
      sources: { 'files/app.conf': 'a' },
    };
    const others = { '/etc/d.conf': 'other', '/etc/n.conf': '\0' };
    const result = adopt({ ...given, live: { [FILE]: 'b', ...live, ...others } });
    const last = result.ok ? undefined : result.diagnostics.at(-1);
    expect(last?.code).toBe('SP3085');
    const named = last?.help?.split('--adopt ')[1]?.replaceAll("'", '').split(' ');
    expect(named).toEqual([...expected, '/etc/d.conf#content']);
  });

  it('of two files with different contents: what else can be adopted is named', () => {
    const more = '  b: {kind: file, path: /etc/b.conf, source: files/app.conf}\n';
    const other = '  d: {kind: file, path: /etc/d.conf, content: d}\n';
    const result = adopt({
      plans: { 'plans/p.yaml': planWith(resource) + more + other },
      sources: { 'files/app.conf': 'a' },
      live: { [FILE]: 'b', '/etc/b.conf': 'c', '/etc/d.conf': 'e' },
    });
    expect(result.ok ? [] : result.diagnostics).toMatchObject([
      { code: 'SP3088', help: 'give each resource a source of its own, then adopt again' },
      { code: 'SP3085', help: expect.stringMatching(/--adopt '\/etc\/d.conf#content'$/) },
    ]);
  });

  it('that a check runs is not changed', () => {
    const gates = 'gates: [{kind: command, run: [./files/app.conf]}]\n';
    const plans = { 'plans/p.yaml': planWith(resource + gates) };
    expect(refusals({ plans, sources: { 'files/app.conf': 'a' }, live: { [FILE]: 'b' } })).toEqual([
      'SP3084 checks or actions of plan p use a file that would change',
    ]);
  });
});

describe('what no plan file can carry', () => {
  it.each([
    ['bytes that are no text', Buffer.from([255, 254])],
    ['a NUL character', 'a\0b'],
  ])('%s', (_title, live) => {
    expect(refused('content: a\n', live)[0]).toBe(
      'SP3082 line 2: /etc/app.conf is no text that a plan file can hold',
    );
  });
});
