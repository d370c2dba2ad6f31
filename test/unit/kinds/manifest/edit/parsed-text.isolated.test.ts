import { beforeEach, describe, expect, it, vi } from 'vitest';
import type * as Yaml from 'yaml';
import type { FlagDeclaration } from '../../../../../src/model/plan-file.ts';
import { absent, imageOf, manage, release, restores, textOf, value } from '../manifest-rig.ts';

/** Characters of all texts that were given to the parser, and what counts them. */
const parsed = vi.hoisted(() => {
  const count = { characters: 0 };
  const counted =
    <Rest extends unknown[], Out>(parse: (text: string, ...rest: Rest) => Out) =>
    (text: string, ...rest: Rest): Out => {
      count.characters += text.length;
      return parse(text, ...rest);
    };
  return { count, counted };
});

vi.mock('yaml', async (original) => {
  const yaml = await original<typeof Yaml>();
  return {
    ...yaml,
    parseAllDocuments: parsed.counted(yaml.parseAllDocuments),
    parseDocument: parsed.counted(yaml.parseDocument),
  };
});

beforeEach(() => {
  parsed.count.characters = 0;
});

const names = (count: number) => Array.from({ length: count }, (_, index) => `flag-${index}`);

/** In every layout: `command` with one flag that stays, and the others. */
const LAYOUTS: readonly (readonly [string, (flags: readonly string[]) => string])[] = [
  ['a block list', (flags) => yaml(['', ...flags.map((one) => `    - ${one}`)].join('\n'))],
  ['a list in brackets', (flags) => yaml(` [${flags.join(', ')}]`)],
  [
    'JSON',
    (flags) => {
      const containers = [{ name: 'x', image: 'example.org/x:1', command: flags }];
      const metadata = { name: 'x' };
      return JSON.stringify(
        { apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers } },
        null,
        2,
      );
    },
  ],
];

function yaml(command: string): string {
  return `apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec:\n  containers:\n  - name: x\n    image: example.org/x:1\n    command:${command}\n`;
}

const WANTED: readonly (readonly [string, boolean, FlagDeclaration])[] = [
  ['are new', false, value('new')],
  ['are changed', true, value('new')],
  ['are taken out', true, absent],
];

describe.each(LAYOUTS)('setting flags of %s, and giving them back', (_layout, textWith) => {
  it.each(WANTED)(
    'parses what is in proportion to the text where they %s',
    (_how, there, wanted) => {
      const timesParsed = (count: number): number => {
        const given = there ? names(count).map((name) => `--${name}=old`) : [];
        const original = imageOf(textWith(['x', '--kept=1', ...given]));
        const flags = Object.fromEntries(names(count).map((name) => [name, wanted]));
        parsed.count.characters = 0;
        const step = manage(original, flags, 'x');
        const back = release(step.image, restores(step, null));
        expect(textOf(back)).toBe(textOf(original));
        return parsed.count.characters / (textOf(original).length + textOf(step.image).length);
      };
      const [few, many] = [timesParsed(50), timesParsed(100)];
      // An edit reads its text, proves the outcome in both readings of YAML, and reads each new item by itself.
      expect(few).toBeLessThan(12);
      expect(many).toBeLessThan(1.2 * few);
    },
  );
});
