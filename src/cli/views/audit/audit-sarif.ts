import type { AuditResult } from '../../../operations/results.ts';
import { duplicateTexts, placeText } from './audit-words.ts';
import type { AuditedComponent, AuditedRow } from './audit-words.ts';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

/** `kind` says the verdict; only a failing result has a level (SARIF 2.1.0, 3.27.9 and 3.27.10). */
const KINDS = {
  pass: { kind: 'pass', level: 'none' },
  fail: { kind: 'fail', level: 'error' },
  manual: { kind: 'review', level: 'none' },
  'not-applicable': { kind: 'notApplicable', level: 'none' },
} as const;

/** What the rule of pods in several files is called. */
const DUPLICATES = 'SP4156';

/**
 * SARIF 2.1.0: a rule a row of the benchmark, a result for each component that it was asked of. What could not be read is an error of
 * the invocation (3.20.21), which then was not successful (3.20.14).
 */
export function auditSarif(result: AuditResult, toolVersion: string): string {
  const rows = result.components.flatMap((component) => component.rows);
  const rules = [...new Map(rows.map((row) => [row.id, row])).values()];
  const ids = rules.map(({ id }) => id);
  const name = (id: string): string => `${result.profile}/${id}`;
  const results = result.components.flatMap((component) =>
    component.rows.map((row) => ({
      ruleId: name(row.id),
      ruleIndex: ids.indexOf(row.id),
      ...KINDS[row.standing],
      message: { text: messageOf(component, row) },
      ...locationsOf(component, row),
    })),
  );
  const doubled = result.duplicates.map((one) => duplicateResult(one, rules.length));
  const duplicateRule = {
    id: DUPLICATES,
    shortDescription: { text: 'a pod is in one file of the directory of the kubelet' },
  };
  const log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'setpoint',
            version: toolVersion,
            rules: [
              ...rules.map((row) => ({ id: name(row.id), ...ruleOf(row) })),
              ...(doubled.length === 0 ? [] : [duplicateRule]),
            ],
          },
        },
        invocations: [invocation(result)],
        results: [...results, ...doubled],
      },
    ],
  };
  return JSON.stringify(log, null, 2);
}

function invocation({ exitCode, unread }: AuditResult): Readonly<Record<string, unknown>> {
  const notifications = unread.map((text) => ({
    level: 'error',
    descriptor: { id: 'SP4153' },
    message: { text },
  }));
  const told = notifications.length === 0 ? {} : { toolExecutionNotifications: notifications };
  return { executionSuccessful: unread.length === 0, exitCode, ...told };
}

function duplicateResult(
  one: AuditResult['duplicates'][number],
  ruleIndex: number,
): Readonly<Record<string, unknown>> {
  const { what, remedy } = duplicateTexts(one);
  const locations = [one.runs, ...one.others].map((path) => locationOf(path));
  const message = { text: `${what}. To do: ${remedy}` };
  return { ruleId: DUPLICATES, ruleIndex, ...KINDS.fail, message, locations };
}

function ruleOf({ title, remedy, needs, risk }: AuditedRow): Readonly<Record<string, unknown>> {
  return {
    shortDescription: { text: title },
    help: { text: needs === null ? remedy : `${remedy} (${needs})` },
    properties: { risk },
  };
}

function messageOf(component: AuditedComponent, { reason, standing, remedy }: AuditedRow): string {
  const where = component.path === null ? ` (${placeText(component)})` : '';
  const what = `${component.component}: ${reason}${where}`;
  return standing === 'fail' ? `${what}. To do: ${remedy}` : what;
}

function locationsOf(
  { path }: AuditedComponent,
  { line }: AuditedRow,
): Readonly<Record<string, unknown>> {
  if (path === null) return {};
  return { locations: [locationOf(path, line)] };
}

function locationOf(path: string, line: number | null = null): Readonly<Record<string, unknown>> {
  const uri = `file://${encodeURI(path).replaceAll(/[?#]/g, encodeURIComponent)}`;
  const region = line === null ? {} : { region: { startLine: line } };
  return { physicalLocation: { artifactLocation: { uri }, ...region } };
}
