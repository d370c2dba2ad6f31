import { expect, it } from 'vitest';
import type { HostName, WorkspacePath } from '../../../../src/model/brand.ts';
import type { WorkspaceConfig } from '../../../../src/model/plan-file.ts';
import { GATE_DEFAULTS } from '../../../../src/plan/files/gate-defaults.ts';
import { parsePlanFile } from '../../../../src/plan/files/parse-plan.ts';
import { parseWorkspaceConfig } from '../../../../src/plan/files/parse-workspace.ts';
import { resolvePlan } from '../../../../src/plan/files/resolve-plan.ts';

type Rule = WorkspaceConfig['catalogue'];

/** What holds for a manifest, given what resource, plan file and workspace say. */
function ruleOf(resource: Rule, plan: Rule, workspace: Rule): string | undefined {
  const said = (rule: Rule, indent = ''): string =>
    rule === null ? '' : `${indent}catalogue: ${rule}\n`;
  const config = parseWorkspaceConfig(
    `name: w\n${said(workspace)}`,
    'setpoint.yaml' as WorkspacePath,
  );
  const text = `setpoint: v1\nname: a\n${said(plan)}resources:\n  api:\n    kind: manifest\n    path: /m/a.yaml\n${said(resource, '    ')}    flags: {v: 2}\n  own:\n    kind: file\n    path: /etc/own\n    content: x\n`;
  const parsed = parsePlanFile(text, 'plans/a.yaml' as WorkspacePath);
  if (!config.ok || !parsed.ok) return 'not valid';
  const resolved = resolvePlan(parsed.value, {
    host: 'cp-1' as HostName,
    vars: {},
    defaults: GATE_DEFAULTS,
    catalogue: config.value.catalogue,
    readSource: () => ({ problem: 'none' }),
  });
  if (!resolved.ok || !resolved.value.matches) return 'not resolved';
  const [first] = resolved.value.plan.resources;
  return first?.spec.kind === 'manifest' ? first.spec.catalogue : 'no manifest';
}

it('the nearest word counts: of the resource, then of its plan file, then of the workspace', () => {
  expect(ruleOf(null, null, null)).toBeUndefined();
  expect(ruleOf(null, null, 'lenient')).toBe('lenient');
  expect(ruleOf(null, 'off', 'lenient')).toBe('off');
  expect(ruleOf('lenient', 'off', 'strict')).toBe('lenient');
});

it('strict, where it is said, wins over what is further away', () => {
  expect(ruleOf('strict', 'off', 'lenient')).toBeUndefined();
  expect(ruleOf(null, 'strict', 'off')).toBeUndefined();
  expect(ruleOf('off', null, 'strict')).toBe('off');
});

it('other words are refused', () => {
  expect(ruleOf(null, null, 'loose' as Rule)).toBe('not valid');
  expect(ruleOf(null, 'loose' as Rule, null)).toBe('not valid');
});
