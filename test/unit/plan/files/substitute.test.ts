import { array, assert, constantFrom, pre, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WorkspacePath } from '../../../../src/model/brand.ts';
import type { Variables } from '../../../../src/model/plan-file.ts';
import { parsePlanFile } from '../../../../src/plan/files/parse-plan.ts';
import {
  escapeReferences,
  hasReference,
  textParts,
} from '../../../../src/plan/files/references.ts';
import { resolvePlan } from '../../../../src/plan/files/resolve-plan.ts';
import { contextFor, FIXTURES } from './workspace-reader.ts';

/** Content of the one file of a plan whose content is `content`, on `cp-1`. */
function contentOf(content: string, top = '', vars: Variables = {}): string {
  const text = `setpoint: v1\nname: a\n${top}resources:\n  m: {kind: file, path: /x, content: ${JSON.stringify(content)}}\n`;
  const document = parsePlanFile(text, 'plans/a.yaml' as WorkspacePath);
  const resolved = document.ok
    ? resolvePlan(document.value, contextFor(FIXTURES, 'cp-1', vars))
    : document;
  if (!resolved.ok) return resolved.diagnostics.map((d) => d.code).join();
  const spec = resolved.value.matches ? resolved.value.plan.resources[0]?.spec : undefined;
  return spec?.kind === 'file' ? Buffer.from(spec.content ?? []).toString() : '';
}

function codesOf(text: string): string {
  const document = parsePlanFile(text, 'plans/a.yaml' as WorkspacePath);
  const resolved = document.ok ? resolvePlan(document.value, contextFor(FIXTURES)) : document;
  return resolved.ok ? '' : resolved.diagnostics.map((d) => d.code).join();
}

function gate(port: string): string {
  return `setpoint: v1\nname: a\nvars: {p: 1}\nresources: {m: {kind: file, path: /x, content: a}}\ngates:\n  - {kind: tcp, host: h, port: "${port}"}\n`;
}

const VARS = 'vars: {x: plan}\n';
const HOST_VARS = 'hostVars: {cp-1: {x: exact}, "cp-*": {x: glob}, "*-1": {x: later}}\n';

describe('variables', () => {
  it('of a host win over those of the plan, the exact name over globs, the command line over all', () => {
    expect(contentOf('${vars.x}', VARS)).toBe('plan');
    expect(contentOf('${vars.x}', VARS + HOST_VARS)).toBe('exact');
    expect(contentOf('${vars.x}', VARS + HOST_VARS.replace('cp-1:', 'cp-2:'))).toBe('later');
    expect(contentOf('${vars.x}', VARS + HOST_VARS, { x: 'given' })).toBe('given');
  });

  it('are not replaced in what they give', () => {
    expect(contentOf('${vars.x}', '', { x: '${vars.y}' })).toBe('${vars.y}');
    expect(contentOf('a${vars.x}', '', { x: '$${host.name}' })).toBe('a$${host.name}');
  });

  it('that are numbers become text where only a text is possible', () => {
    expect(contentOf('${vars.n}', 'vars: {n: 0644}\n')).toBe('0644');
    expect(contentOf('${vars.n}', '', { n: 5 })).toBe('5');
    expect(contentOf('${vars.n}', '', { n: null })).toBe('SP1204');
  });

  it('with an undefined name never become empty', () => {
    expect(contentOf('a${vars.n}b${vars.m}')).toBe('SP1101,SP1101');
  });
});

describe('literal ${', () => {
  it('is written $${', () => {
    expect(contentOf('$${vars.x} on ${host.name}')).toBe('${vars.x} on cp-1');
    expect(contentOf('$$${vars.x}')).toBe('$${vars.x}');
    expect(contentOf('$ {a} $HOME $$')).toBe('$ {a} $HOME $$');
  });

  it('is no reference where another type than text is meant', () => {
    expect(codesOf(gate('${vars.p}'))).toBe('');
    expect(codesOf(gate('$${vars.p}'))).toBe('SP1208');
  });

  it('any text whose ${ are doubled comes back as it was', () => {
    const texts = array(constantFrom('$', '{', '}', 'vars.', 'x', '${')).map((p) => p.join(''));
    assert(
      property(texts, (text) => {
        // `$` before `${` would itself be read as the escape.
        pre(!text.includes('$${'));
        expect(contentOf(escapeReferences(text))).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  it('a text without reference is never changed by more than its escapes', () => {
    assert(
      property(string({ unit: constantFrom('$', '{', '}', 'a') }), (text) => {
        const literal = textParts(text).every((part) => part.kind === 'literal');
        expect(literal).toBe(!hasReference(text));
      }),
      { numRuns: 1000 },
    );
  });
});
