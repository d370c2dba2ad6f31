import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { scalarText } from '../../src/kinds/manifest/text/scalar-text.ts';
import { hasAmbiguousCharacter } from '../../src/kinds/manifest/text/source-text.ts';

const SIGNS = [
  ...'-=:# ,[]{}&*!|>\'"%@`?\\/._+~<0127xobeEyn'.split(''),
  '\u00A0',
  '\u3000',
  '\u200B',
  '\uFEFF',
];
const WORDS = [
  'yes',
  'null',
  '.inf',
  '0o7',
  '0x1F',
  '1_000',
  '1e3',
  '1:30',
  '2001-01-01',
  '<<',
  '=',
];

/** One line of any text, most of it of characters that mean something to YAML. */
const line = fc
  .tuple(
    fc.constantFrom('', '-', '--', '--a=', '-1', '-v=', ...WORDS),
    fc.array(fc.oneof(fc.constantFrom(...SIGNS), fc.string({ unit: 'binary', maxLength: 1 })), {
      maxLength: 9,
    }),
  )
  .map(([head, rest]) => head + rest.join(''))
  .filter((text) => !hasAmbiguousCharacter(text));

const style = fc.constantFrom('plain', 'single', 'double', 'block');
const place = fc.constantFrom('block', 'flow', 'json');

it('any line of text, written as an item in any style, decodes to itself by YAML 1.1 and 1.2', () => {
  fc.assert(
    fc.property(line, style, place, (text, wanted, where) => {
      const item = scalarText(text, wanted, where);
      expect(item).not.toContain('\n');
      expect(where === 'json' ? JSON.parse(item) : text).toBe(text);
      const document = where === 'block' ? `a:\n- ${item}\n- z # c\n` : `a: [${item}, z]\n`;
      for (const version of ['1.1', '1.2'] as const) {
        const read = parseDocument(document, { version });
        expect([...read.errors, ...read.warnings]).toEqual([]);
        expect(read.toJS()).toEqual({ a: [text, 'z'] });
      }
    }),
    { numRuns: 2000 },
  );
});
