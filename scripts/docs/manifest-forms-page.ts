import type { CodeEntry } from '../../src/diagnostics/codes/entry.ts';
import type { EditedFixture } from '../../test/unit/kinds/manifest/corpus/edited-fixture.ts';
import type { RefusedFixture } from '../../test/unit/kinds/manifest/corpus/refused-fixtures.ts';

const HEAD = `# Forms of manifests

<!-- Generated from test/unit/kinds/manifest/corpus by \`npm run docs\`. Do not edit. -->

Each form is a file of \`fixtures/manifests\` that the tests edit or see refused. An edit changes the lines of the planned flags and no
other byte; a release gives the original bytes back. What is refused says why, where and what to do; nothing is written.

Flags are those of one container: the one that \`container:\` names, also an init container; without it the only one of \`spec.containers\`,
whatever init containers stand beside it. A flag may be folded, quoted or continued over lines: a new value is written on one line, a
release brings the old lines back. A flag and its value may be two items where the catalogue has the flag in the version of the image: the new
value is written in place of the old one. New items are quoted wherever YAML 1.1, which the kubelet reads, would take them for anything but this
text.
`;

/** docs/reference/manifest-forms.md: what is edited, what is refused and by which code. */
export function manifestFormsPage(
  edited: readonly EditedFixture[],
  refused: readonly RefusedFixture[],
  codes: Readonly<Record<string, CodeEntry>>,
): string {
  const rows = edited.map(({ form, file, refused: flags = {} }) => {
    const left = Object.entries(flags).map(([flag, code]) => `\`--${flag}\` ${code}`);
    return `| ${form} | \`${file}\` | ${left.join(', ')} |\n`;
  });
  const byCode = refused.toSorted((a, b) => (a.code < b.code ? -1 : Number(a.code > b.code)));
  const why = byCode.map(
    ({ form, file, code }) => `| ${form} | \`${file}\` | ${code}: ${codes[code]?.title} |\n`,
  );
  return [
    HEAD,
    '\n## Edited\n\n| form | fixture | flags of it that are refused |\n| --- | --- | --- |\n',
    ...rows,
    '\n## Refused\n\n| form | fixture | reason |\n| --- | --- | --- |\n',
    ...why,
  ].join('');
}
