import type { AuditResult } from '../../../operations/results.ts';
import { placeText, profileText } from './audit-words.ts';
import type { AuditedRow } from './audit-words.ts';

/** JUnit XML: a suite a component, a case a row; what is manual or not applicable is skipped, with the reason. */
export function auditJunit(result: AuditResult): string {
  const { score, components, absent, profile } = result;
  const counts = { ...score, tests: score.pass + score.fail + score.manual + score.notApplicable };
  const skipped = score.manual + score.notApplicable;
  const suites = components.map(({ rows, ...component }) => {
    const name = component.component;
    const cases = rows.map((row) => testCase(`${profile}.${name}`, row));
    const place = placeText({ rows, ...component });
    return suite({ name, place, cases, standings: rows.map(({ standing }) => standing) });
  });
  const missing = absent.map(({ component, rows }) => {
    const cases = rows.map((id) => {
      const attributes = attributesOf({ classname: `${profile}.${component}`, name: id });
      return `    <testcase${attributes}>\n      <skipped message="not applicable: ${component} is not here"/>\n    </testcase>`;
    });
    const standings = rows.map(() => 'not-applicable' as const);
    return suite({ name: component, place: 'not here', cases, standings });
  });
  const attributes = attributesOf({
    name: profileText(result),
    tests: counts.tests,
    failures: score.fail,
    errors: 0,
    skipped,
  });
  const body = [...suites, ...missing].join('\n');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${attributes}>\n${body}\n</testsuites>`;
}

function suite(given: {
  readonly name: string;
  readonly place: string;
  readonly cases: readonly string[];
  readonly standings: readonly AuditedRow['standing'][];
}): string {
  const { name, place, cases, standings } = given;
  const failures = standings.filter((one) => one === 'fail').length;
  const skipped = standings.filter((one) => one === 'manual' || one === 'not-applicable').length;
  const counts = { tests: cases.length, failures, errors: 0, skipped };
  const attributes = attributesOf({ name, package: place, ...counts });
  return `  <testsuite${attributes}>\n${cases.join('\n')}\n  </testsuite>`;
}

function testCase(classname: string, row: AuditedRow): string {
  const { id, title, standing, reason, remedy, line } = row;
  const attributes = attributesOf({ classname, name: `${id} ${title}` });
  if (standing === 'pass') return `    <testcase${attributes}/>`;
  const at = line === null ? '' : ` (line ${line})`;
  const inner =
    standing === 'fail'
      ? `<failure${attributesOf({ message: reason + at })}>${escaped(remedy)}</failure>`
      : `<skipped${attributesOf({ message: `${standing}: ${reason}${at}` })}/>`;
  return `    <testcase${attributes}>\n      ${inner}\n    </testcase>`;
}

function attributesOf(attributes: Readonly<Record<string, number | string>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\n': '&#10;',
  '\t': '&#9;',
};

/** Characters that XML 1.0 cannot hold, not even escaped, become U+FFFD. */
function escaped(text: string): string {
  return text
    .replaceAll(/(?![\t\n])\p{Cc}|\p{Cs}|[\uFFFE\uFFFF]/gu, '\uFFFD')
    .replaceAll(/[&<>"'\n\t]/g, (char) => ENTITIES[char] ?? char);
}
