import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../../../src/diagnostics/diagnostic.ts';
import { renderDiagnostics } from '../../../../src/diagnostics/render.ts';
import type { WorkspacePath } from '../../../../src/model/brand.ts';
import { parsePlanFile } from '../../../../src/plan/files/parse-plan.ts';
import { resolvePlan } from '../../../../src/plan/files/resolve-plan.ts';
import { contextFor, FIXTURES } from './workspace-reader.ts';

const BROKEN = join(FIXTURES, 'plan-files/broken');
const names = readdirSync(BROKEN)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => file.replace('.yaml', ''));

/** Problems as `validate` finds them: of the file, or when it is right in itself, of the file on its host. */
function problemsOf(name: string): readonly Diagnostic[] {
  const text = readFileSync(join(BROKEN, `${name}.yaml`), 'utf8');
  const document = parsePlanFile(text, `plans/${name}.yaml` as WorkspacePath);
  if (!document.ok) return document.diagnostics;
  const resolved = resolvePlan(document.value, contextFor(join(FIXTURES, 'plan-files/workspace')));
  return resolved.ok ? [] : resolved.diagnostics;
}

describe('a broken plan file is explained', () => {
  it.each(names)('%s', async (name) => {
    const problems = problemsOf(name);
    expect(problems.length).toBeGreaterThan(0);
    for (const problem of problems) expect(problem.at?.file).toBe(`plans/${name}.yaml`);
    await expect(`${renderDiagnostics(problems, { color: false })}\n`).toMatchFileSnapshot(
      join(BROKEN, `${name}.txt`),
    );
  });

  it('covers at least thirty mistakes', () => {
    expect(names.length).toBeGreaterThan(30);
  });
});
