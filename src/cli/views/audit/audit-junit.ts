import type { AuditResult } from '../../../operations/results.ts';
import { duplicateTexts, placeText, profileText } from './audit-words.ts';
import type { AuditedRow } from './audit-words.ts';

type Outcome = AuditedRow['standing'] | 'unread';

/**
 * JUnit XML: a suite a component, a case a row; what is manual or not applicable is skipped, with the reason. What could not be read
 * is an error, and a pod in several files a failure, in a suite of manifests.
 */
export function auditJunit(result: AuditResult): string {
  const { score, components, absent, profile, unread, duplicates } = result;
  const rows = score.pass + score.fail + score.manual + score.notApplicable;
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
    tests: rows + unread.length + duplicates.length,
    failures: score.fail + duplicates.length,
    errors: unread.length,
    skipped,
  });
  const body = [...suites, ...missing, ...manifestSuite(result)].join('\n');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${attributes}>\n${body}\n</testsuites>`;
}

/** What no row tells; no suite where there is nothing of it. */
function manifestSuite({ duplicates, unread, profile }: AuditResult): readonly string[] {
  if (duplicates.length + unread.length === 0) return [];
  const classname = `${profile}.manifests`;
  const doubled = duplicates.map((one) => {
    const { what, remedy } = duplicateTexts(one);
    const attributes = attributesOf({ classname, name: `SP4156 ${one.pod} is in one file` });
    return `    <testcase${attributes}>\n      <failure${attributesOf({ message: what })}>${escaped(remedy)}</failure>\n    </testcase>`;
  });
  const errors = unread.map((why, index) => {
    const attributes = attributesOf({ classname, name: `SP4153 ${index + 1}: readable` });
    return `    <testcase${attributes}>\n      <error${attributesOf({ message: why })}/>\n    </testcase>`;
  });
  const standings = [
    ...duplicates.map(() => 'fail' as const),
    ...unread.map(() => 'unread' as const),
  ];
  const place = 'files of the host';
  return [suite({ name: 'manifests', place, cases: [...doubled, ...errors], standings })];
}

function suite(given: {
  readonly name: string;
  readonly place: string;
  readonly cases: readonly string[];
  readonly standings: readonly Outcome[];
}): string {
  const { name, place, cases, standings } = given;
  const failures = standings.filter((one) => one === 'fail').length;
  const skipped = standings.filter((one) => one === 'manual' || one === 'not-applicable').length;
  const errors = standings.filter((one) => one === 'unread').length;
  const counts = { tests: cases.length, failures, errors, skipped };
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
