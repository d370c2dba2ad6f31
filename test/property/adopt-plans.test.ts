import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkFlagValue } from '../../src/kinds/manifest/flags/check-flag.ts';
import { isWellFormed } from '../../src/model/well-formed.ts';
import { adopt, good, pod } from '../unit/plan/adopting/adopting-bench.ts';

const MANIFEST = '/m/api.yaml';
const FILE = '/etc/app.conf';
const RUNS = { numRuns: 150 };

/** A flag as a person writes it, and what the host has: `null` when it is gone. */
interface Flag {
  readonly written: string;
  readonly comment: string;
  readonly live: string | null;
}

const fits = (text: string) => checkFlagValue('', '', text).length === 0 && !text.includes('{{');
const flagText = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.constantFrom(
      'true',
      'no',
      '1:30',
      '0644',
      '1e3',
      '~',
      'null',
      '- a',
      'a: b',
      'a #b',
      "it's",
      '{',
      '*x',
      '&x',
      '%',
      '!x',
      '@',
      '<<',
      '=',
      'a,b=c',
      ' a ',
      '2026-01-01',
    ),
  )
  .filter((text) => fits(text) && !text.includes('$'));
const written = fc.constantFrom('7', 'abc', "'a b'", '"a\\tb"', 'true', 'null', "''", '"x: y"');
const comment = fc.constantFrom('', ' # why', '   #', ' # a: b', ' # "', " # '");
const flag: fc.Arbitrary<Flag> = fc.record({
  written,
  comment,
  live: fc.option(flagText, { nil: null }),
});
const content = fc
  .oneof(
    fc.string({ unit: 'grapheme' }),
    fc
      .array(
        fc.constantFrom(
          'a',
          ' ',
          '\n',
          '\t',
          '#',
          '${x}',
          '$${',
          ':',
          '\r',
          '\u2028',
          '"',
          "'",
          '-',
        ),
      )
      .map((parts) => parts.join('')),
  )
  .filter((text) => isWellFormed(text) && !text.includes('\0'));
const contentForm = fc.constantFrom(
  '|\n      old\n',
  '|-\n      old\n\n',
  '>+\n      o\n      ld\n\n',
  'old # c\n',
  "'old'\n",
  '"old"   # c\n',
  '|2 # c\n       old\n',
);
const eol = fc.constantFrom('\n', '\r\n');

function planText(flags: readonly Flag[], form: string): string {
  const lines = flags.map((one, at) => `      f${at}: ${one.written}${one.comment}\n`).join('');
  return `# head\nsetpoint: v1\nname: p   # name\n\nresources:\n  api:\n    kind: manifest\n    path: ${MANIFEST}\n    restartProof: weak\n    flags:   # flags\n${lines}\n  # a file\n  conf:\n    kind: file\n    path: ${FILE}\n    content: ${form}    onChange: []   # nothing\n# end\n`;
}

/** The file with the values of flags and the content cut out. */
function frame(text: string): string {
  return text
    .replaceAll(/^( {6}f\d+: )("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|.*?)(?=([ \t]+#.*)?\r?$)/gm, '$1')
    .replace(/^( {4}content: )[^]*?^(?= {4}onChange)/m, '$1');
}

describe('adopting, any plan file and any host', () => {
  it('changes the values and nothing else, and then there is nothing left to adopt', () => {
    fc.assert(
      fc.property(
        fc.array(flag, { minLength: 1, maxLength: 5 }),
        contentForm,
        content,
        eol,
        (flags, form, text, end) => {
          const args = flags.flatMap(({ live }, at) => (live === null ? [] : [`--f${at}=${live}`]));
          const live = { [MANIFEST]: pod(...args), [FILE]: text };
          const before = planText(flags, form).replaceAll('\n', end);
          const adopted = good(adopt({ plans: { 'plans/p.yaml': before }, live })).plans[0];
          const after = adopted?.after.tree.file.text ?? before;
          expect(frame(after)).toBe(frame(before));
          expect(good(adopt({ plans: { 'plans/p.yaml': after }, live })).plans).toEqual([]);
        },
      ),
      RUNS,
    );
  });
});
