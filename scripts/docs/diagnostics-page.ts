import type { CodeEntry } from '../../src/diagnostics/codes/entry.ts';

const HEAD = `# Messages

<!-- Generated from src/diagnostics/codes by \`npm run docs\`. Do not edit. -->

\`setpoint explain CODE\` prints the same offline.
`;

/** docs/reference/diagnostics.md: every code with its explanation, in code order. */
export function diagnosticsPage(codes: Readonly<Record<string, CodeEntry>>): string {
  const entries = Object.entries(codes).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const sections = entries.map(
    ([code, { title, explanation }]) => `\n## ${code}: ${title}\n\n${explanation.trim()}\n`,
  );
  return `${HEAD}${sections.join('')}`;
}
