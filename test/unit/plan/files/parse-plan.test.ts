import { describe, expect, it } from 'vitest';
import type { WorkspacePath } from '../../../../src/model/brand.ts';
import { parsePlanFile } from '../../../../src/plan/files/parse-plan.ts';

const FILE = 'plans/a.yaml' as WorkspacePath;

function places(text: string): readonly string[] {
  const result = parsePlanFile(text, FILE);
  if (result.ok) return [];
  return result.diagnostics.map(
    (d) => `${d.code} ${d.at?.line}:${d.at?.column}-${d.at?.endColumn}`,
  );
}

const RESOURCE = 'resources: {m: {kind: file, path: /etc/motd, content: a}}\n';

describe('places in a plan file', () => {
  it('are exact: the key of an unknown key, the value of a wrong value', () => {
    expect(places(`setpoint: v1\nname: A\nfoo: 1\n${RESOURCE}`)).toEqual([
      'SP1206 2:7-8',
      'SP1203 3:1-4',
    ]);
  });

  it('do not shift after a byte order mark or with Windows line ends', () => {
    const text = `setpoint: v1\nname: A\n${RESOURCE}`;
    expect(places(`\uFEFF${text}`)).toEqual(places(text));
    expect(places(text.replaceAll('\n', '\r\n'))).toEqual(places(text));
    expect(places(`\uFEFFsetpoint: v2\nname: a\n${RESOURCE}`)).toEqual(['SP1201 1:11-13']);
  });

  it('are found in JSON as well', () => {
    expect(places('{"setpoint": "v1", "name": 5, "resources": {}}')).toEqual([
      'SP1206 1:28-29',
      'SP1211 1:44-46',
    ]);
  });
});

describe('hostile plan files', () => {
  it('a million open brackets are refused quickly', () => {
    const begun = performance.now();
    expect(places('['.repeat(1_000_000))).toEqual(['SP1006 1:66-67']);
    expect(places('- '.repeat(500_000))).toHaveLength(1);
    // Far above what it takes; composing them would end in a stack overflow.
    expect(performance.now() - begun).toBeLessThan(20_000);
  });

  it('more than a mebibyte is refused', () => {
    expect(places(`# ${'x'.repeat(1_048_576)}\n`)).toEqual(['SP1006 1:1-2']);
  });

  it('a directive does not switch to YAML 1.1, where no is false', () => {
    const text = `%YAML 1.1\n---\nsetpoint: v1\nname: no\n${RESOURCE}`;
    const result = parsePlanFile(text, FILE);
    expect(result.ok && result.value.name).toBe('no');
  });

  it('keys of the language itself are plain unknown keys', () => {
    expect(places(`setpoint: v1\nname: a\nconstructor: 1\ntoString: 1\n${RESOURCE}`)).toEqual([
      'SP1203 3:1-12',
      'SP1203 4:1-9',
    ]);
    expect(places(`setpoint: v1\nname: a\n__proto__: {x: 1}\n${RESOURCE}`)).toEqual([
      'SP1009 3:1-10',
    ]);
  });

  it('ten thousand problems are all reported', () => {
    const keys = Array.from(
      { length: 10_000 },
      (_, n) => `  - {kind: tcp, host: a, port: ${n}a}\n`,
    );
    expect(places(`setpoint: v1\nname: a\n${RESOURCE}gates:\n${keys.join('')}`)).toHaveLength(
      10_000,
    );
  });
});
