import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderDiagnostics } from '../../../../src/diagnostics/render.ts';
import type { WorkspacePath } from '../../../../src/model/brand.ts';
import type { ResolvedPlan } from '../../../../src/model/plan-file.ts';
import { parsePlanFile } from '../../../../src/plan/files/parse-plan.ts';
import {
  resolvePlan,
  type PlanForHost,
  type ResolveContext,
} from '../../../../src/plan/files/resolve-plan.ts';
import { contextFor, FIXTURES } from './workspace-reader.ts';

const VALID = join(FIXTURES, 'plan-files/valid');
const CONTEXT = contextFor(join(FIXTURES, 'plan-files/workspace'));
const names = readdirSync(VALID)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => file.replace('.yaml', ''));

function resolve(name: string, context: ResolveContext = CONTEXT): PlanForHost {
  const text = readFileSync(join(VALID, `${name}.yaml`), 'utf8');
  const document = parsePlanFile(text, `plans/${name}.yaml` as WorkspacePath);
  if (!document.ok) throw new Error(renderDiagnostics(document.diagnostics, { color: false }));
  const resolved = resolvePlan(document.value, context);
  if (!resolved.ok) throw new Error(renderDiagnostics(resolved.diagnostics, { color: false }));
  return resolved.value;
}

function planOf(name: string, context?: ResolveContext): ResolvedPlan {
  const result = resolve(name, context);
  if (!result.matches) throw new Error(`${name} does not match`);
  return result.plan;
}

/** Bytes as text, so that the golden files can be read. */
function readable(value: unknown): string {
  const text = JSON.stringify(
    value,
    (_key, member: unknown) =>
      member instanceof Uint8Array || (member as { type?: string } | null)?.type === 'Buffer'
        ? `bytes: ${Buffer.from((member as { data: number[] }).data ?? member).toString()}`
        : member,
    2,
  );
  return `${text}\n`;
}

describe('a valid plan file is resolved', () => {
  it.each(names)('%s', async (name) => {
    await expect(readable(resolve(name))).toMatchFileSnapshot(join(VALID, `${name}.json`));
  });

  it('values of flags keep the text they are written with', () => {
    const spec = planOf('values-keep-their-text').resources[0]?.spec;
    const flags = spec?.kind === 'manifest' ? spec.flags : {};
    const values = Object.fromEntries(
      Object.entries(flags).map(([name, flag]) => [
        name,
        flag.form === 'value' ? flag.value : flag,
      ]),
    );
    expect(values).toMatchObject({
      octal: '0644',
      underscore: '1_000',
      large: '12345678901234567890',
      exponent: '1e3',
      float: '1.10',
      'from-octal': '0644',
      joined: 'a0644b',
      literal: '${vars.octal}',
      'from-null': { form: 'absent' },
      list: { form: 'elements', include: ['10250', '0644', 'a'], exclude: [] },
      map: { form: 'entries', entries: { a: '0644', b: '1e3', c: null, d: '' } },
    });
  });
});

function digest(text: string, context = CONTEXT): string {
  const document = parsePlanFile(text, 'plans/a.yaml' as WorkspacePath);
  const resolved = document.ok ? resolvePlan(document.value, context) : document;
  if (!resolved.ok || !resolved.value.matches) throw new Error('not resolved');
  return resolved.value.plan.inputDigest;
}

describe('the input digest', () => {
  const TEXT =
    'setpoint: v1\nname: a\nresources:\n  m: {kind: file, path: /etc/motd, source: files/policy.yaml}\n';

  it('is the same for the same meaning at other places and in another spelling', () => {
    const spelled = `# a comment\n\n${TEXT.replace('v1', '"v1"').replace('files/', './files/')}`;
    expect(digest(spelled)).toBe(digest(TEXT));
    expect(
      digest(TEXT.replace('{kind: file, path: /etc/motd,', '{path: /etc/motd, kind: file,')),
    ).toBe(digest(TEXT));
  });

  it('changes with a path, and with the content of a source', () => {
    expect(digest(TEXT.replace('motd', 'issue'))).not.toBe(digest(TEXT));
    const other = {
      ...CONTEXT,
      readSource: () => ({ bytes: new Uint8Array([1]), executable: false }),
    };
    expect(digest(TEXT, other)).not.toBe(digest(TEXT));
  });
});
