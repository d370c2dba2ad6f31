import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { FileImage } from '../../src/model/file-image.ts';
import type { FlagDeclaration } from '../../src/model/plan-file.ts';
import {
  good,
  imageOf,
  kind,
  manage,
  PATH,
  release,
  restores,
  specOf,
  textOf,
} from '../unit/kinds/manifest/manifest-rig.ts';
import { runs } from './runs.ts';

const LIST = 'oidc-signing-algs';
const ARRAY = 'service-account-issuer';
const PARTS = ['A', 'B', 'C', 'D', 'E', 'F'];

interface Written {
  /** Its value as an item of its own. */
  readonly two: boolean;
  readonly text: string;
  readonly comment: string;
  readonly style: string;
}

function written(text: fc.Arbitrary<string>): fc.Arbitrary<Written> {
  const comment = fc.constantFrom('', ' # note', '   # größe');
  return fc.record({
    two: fc.boolean(),
    text,
    comment,
    style: fc.constantFrom('plain', "'", '"'),
  });
}

/** Occurrences of the list share out its elements; none is empty. */
const occurrences = fc
  .tuple(fc.subarray(PARTS, { minLength: 2 }), fc.integer({ min: 2, max: 3 }))
  .map(([parts, count]) =>
    Array.from({ length: count }, (_, i) => parts.filter((_part, at) => at % count === i)).filter(
      (own) => own.length > 0,
    ),
  )
  .chain((lists) =>
    fc.tuple(...lists.map((own) => written(fc.constant(`--${LIST}=${own.join(',')}`)))),
  );
const issuers = fc
  .subarray(PARTS, { maxLength: 3 })
  .chain((own) => fc.tuple(...own.map((part) => written(fc.constant(`--${ARRAY}=${part}`)))));
const others = fc
  .subarray([`--${ARRAY}=y,z`, '--audit-log-maxage=1', '--profiling', '--v=2'])
  .chain((own) => fc.tuple(...own.map((one) => written(fc.constant(one)))));

const manifest = fc
  .tuple(occurrences, issuers, others, fc.boolean())
  .chain(([lists, arrays, rest, flow]) =>
    fc
      .shuffledSubarray([...lists, ...arrays, ...rest], {
        minLength: lists.length + arrays.length + rest.length,
      })
      .map((items) => textWith(items, flow)),
  );

function textWith(items: readonly Written[], flow: boolean): string {
  const words = items.flatMap(({ text, style, comment, two }) => {
    const quote = flow && style === 'plain' ? '"' : style;
    const [flag = '', value = ''] = text.split('=');
    const isTwo = two && flag !== text;
    return (isTwo ? [flag, value] : [text]).map((word, index) => {
      // No reader may take a value for a number, or a letter for a boolean.
      const own = quote === 'plain' && index === 1 ? '"' : quote;
      return { scalar: own === 'plain' ? word : `${own}${word}${own}`, comment };
    });
  });
  const scalars = words.map(({ scalar }) => scalar);
  const block = words.map(({ scalar, comment }) => `    - ${scalar}${comment}\n`).join('');
  const args = flow ? ` [${scalars.join(', ')}]\n` : `\n${block}`;
  return `apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec:\n  containers:\n  - name: x\n    image: registry.k8s.io/kube-apiserver:v1.34.2\n    command: [kube-apiserver, --secure-port=1]\n    args:${args}`;
}

const declared: fc.Arbitrary<FlagDeclaration> = fc
  .tuple(fc.shuffledSubarray(PARTS, { minLength: 1 }), fc.nat(6))
  .map(([parts, at]) => ({
    form: 'elements' as const,
    include: parts.slice(0, at),
    exclude: parts.slice(at),
  }));
const flags = fc.record({ [LIST]: declared, [ARRAY]: declared });

/** As pflag reads them: a list's occurrences are joined, each one of an array is an element. */
function values(image: FileImage, flag: string): readonly string[] {
  const pod = parse(textOf(image)) as { spec: { containers: { args: string[] }[] } };
  const args = pod.spec.containers[0]?.args ?? [];
  const given = args.flatMap((item, index) => {
    if (item === `--${flag}`) return [args[index + 1] ?? ''];
    return item.startsWith(`--${flag}=`) ? [item.slice(flag.length + 3)] : [];
  });
  return flag === LIST ? given.flatMap((value) => value.split(',')) : given;
}

/** Whether the edit is refused because it would leave an occurrence of the list, or all of args, without anything. */
function isRefused(text: string, wanted: Readonly<Record<string, FlagDeclaration>>): boolean {
  const image = imageOf(text);
  const edits = good(kind.desired(specOf(wanted), image, PATH)).map(
    (item) => ({ op: 'set', item }) as const,
  );
  const edited = kind.edit(image, edits, PATH);
  if (edited.ok) return false;
  expect(['SP2017', 'SP2022']).toContain(edited.diagnostics[0]?.code);
  return true;
}

const isOurs = (line: string) => line.includes(LIST) || line.includes(ARRAY);

/** Lines of other flags: a value stands in the line after its flag. */
function rest(all: string): readonly string[] {
  const lines = all.split('\n');
  return lines.filter((line, index) => {
    const before = lines[index - 1] ?? '';
    return !isOurs(line) && !(isOurs(before) && !before.includes('=') && !line.includes('--'));
  });
}

describe('flags that are given several times and add up', () => {
  it('get what is included, lose what is excluded, and keep the rest in its order', () => {
    fc.assert(
      fc.property(manifest, flags, (text, wanted) => {
        fc.pre(!isRefused(text, wanted));
        const { image } = manage(imageOf(text), wanted);
        for (const [flag, declaration] of Object.entries(wanted)) {
          if (declaration.form !== 'elements') continue;
          const { include, exclude } = declaration;
          const [before, after] = [values(imageOf(text), flag), values(image, flag)];
          const kept = before.filter((part) => !exclude.includes(part));
          expect(after.filter((part) => kept.includes(part))).toEqual(kept);
          const added = include.filter((part) => !before.includes(part));
          expect(after.filter((part) => !kept.includes(part)).toSorted()).toEqual(added.toSorted());
        }
        expect(manage(image, wanted).image).toBe(image);
      }),
      runs(20),
    );
  });

  it('give the original bytes back when everything is released, in any order', () => {
    fc.assert(
      fc.property(
        manifest,
        flags,
        fc.boolean(),
        fc.infiniteStream(fc.nat()),
        (text, wanted, known, order) => {
          fc.pre(!isRefused(text, wanted));
          const step = manage(imageOf(text), wanted);
          const edits = restores(step, known ? imageOf(text) : null)
            .map((edit) => ({ edit, at: order.next().value as number }))
            .toSorted((a, b) => a.at - b.at)
            .map(({ edit }) => edit);
          expect(textOf(release(step.image, edits))).toBe(text);
        },
      ),
      runs(35),
    );
  });

  it('leave every other line as it is', () => {
    fc.assert(
      fc.property(manifest, flags, (text, wanted) => {
        fc.pre(!text.includes('args: [') && !isRefused(text, wanted));
        const { image } = manage(imageOf(text), wanted);
        expect(rest(textOf(image))).toEqual(rest(text));
      }),
      runs(20),
    );
  });
});
