import { describe, expect, it } from 'vitest';
import type { HostName, WorkspacePath } from '../../../../src/model/brand.ts';
import { GATE_DEFAULTS } from '../../../../src/plan/files/gate-defaults.ts';
import { parsePlanFile } from '../../../../src/plan/files/parse-plan.ts';
import { resolvePlan } from '../../../../src/plan/files/resolve-plan.ts';

const PATH = '/etc/kubernetes/manifests/kube-apiserver.yaml';

function resolved(audits: string, cis: string | null = null, container = ''): readonly string[] {
  const text = `setpoint: v1\nname: a\nresources:\n  api:\n    kind: manifest\n    path: ${PATH}\n${container}    flags: {profiling: false}\n    audits: [${audits}]\n`;
  const parsed = parsePlanFile(text, 'plans/a.yaml' as WorkspacePath);
  if (!parsed.ok) {
    return parsed.diagnostics.map((one) => `${one.code} ${one.message}; ${one.help}`);
  }
  const plan = resolvePlan(parsed.value, {
    host: 'cp-1' as HostName,
    vars: {},
    defaults: GATE_DEFAULTS,
    cis,
    readSource: () => ({ problem: 'none' }),
  });
  if (!plan.ok) return plan.diagnostics.map((one) => `${one.code} ${one.message}; ${one.help}`);
  if (!plan.value.matches) return [];
  return plan.value.plan.resources.flatMap(({ audits: specs }) => specs.map(({ id }) => id));
}

describe('rows of the benchmark as audits', () => {
  it('stand beside other checks, with or without a version', () => {
    const tcp = '{kind: tcp, host: localhost, port: 1}';
    expect(resolved(`cis-1.12/1.2.15, ${tcp}, cis/1.2.16`, 'cis-2.0')).toEqual([
      'api:cis-1.12/1.2.15',
      'api:audit[1]',
      'api:cis-2.0/1.2.16',
    ]);
  });

  it('need a version', () => {
    expect(resolved('cis/1.2.15')).toEqual([
      'SP4155 which version of row 1.2.15 is meant?; set cis: in setpoint.yaml, or write e.g. cis-1.12/1.2.15',
    ]);
  });

  it('have to exist, in that version', () => {
    expect(resolved('cis-1.21/1.2.15')[0]).toContain('did you mean "cis-1.11"?');
    expect(resolved('cis-1.12/1.2.99')[0]).toMatch(/^SP4150 no row 1\.2\.99 .*did you mean/);
    expect(resolved('cis-1.9/1.2.30')[0]).toContain('it is in cis-1.11, cis-1.12, cis-2.0');
    expect(resolved('cis/1.2.30', 'cis-1.9')[0]).toContain('it is in cis-1.11');
  });

  it('must be decided by flags', () => {
    expect(resolved('cis-1.12/1.2.20')[0]).toMatch(/^SP4150 no flag decides row/);
  });

  it('must be about the container, where its name tells', () => {
    expect(resolved('cis-1.12/1.4.1', null, '    container: kube-apiserver\n')[0]).toMatch(
      /^SP4154 row 1\.4\.1 is about kube-scheduler/,
    );
  });

  it('of another form are refused with the form', () => {
    expect(resolved('cis-1.12')[0]).toContain('a row of a benchmark, such as cis-1.12/1.2.15');
    expect(resolved('7')[0]).toContain('a row of a benchmark');
    expect(resolved('{kind: tpc, host: localhost, port: 1}')[0]).toContain('did you mean "tcp"?');
    expect(resolved('{kind: tcp, host: localhost}')[0]).toContain('"port" is missing');
  });
});
