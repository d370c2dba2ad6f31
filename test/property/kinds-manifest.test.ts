import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FileImage } from '../../src/model/file-image.ts';
import {
  good,
  imageOf,
  kind,
  manage,
  PATH,
  release,
  restores,
  textOf,
} from '../unit/kinds/manifest/manifest-rig.ts';
import {
  decodeManifest,
  listsOf,
  placeOf,
  withoutItems,
  withoutLists,
} from '../unit/kinds/manifest/corpus/independent-decoder.ts';
import { FIRST_NAMES, flagsFrom, SECOND_NAMES, takesNext } from './kinds-manifest-arbitrary.ts';
import { manifestText } from './kinds-manifest-text.ts';
import { runs } from './runs.ts';

const anyFlags = flagsFrom([...FIRST_NAMES, ...SECOND_NAMES]);
const RUNS = runs(30);

/** What no edit of flags may change. */
function outside(image: FileImage, version: '1.1' | '1.2'): unknown {
  const pod = decodeManifest(textOf(image), version);
  return withoutLists(pod, placeOf(pod, 'x'));
}

/** A flag and its value as two items are one text, with a zero byte between them. */
function items(image: FileImage): readonly string[] {
  const pod = decodeManifest(textOf(image));
  const { command, args } = listsOf(pod, placeOf(pod, 'x'));
  for (const item of [...command, ...args]) expect(typeof item).toBe('string');
  return [...command, ...args].reduce<string[]>((found, item) => {
    const last = found.at(-1);
    if (last === undefined || !takesNext(last)) return [...found, item];
    return [...found.slice(0, -1), `${last}\0${item}`];
  }, []);
}

const nameOf = (item: string) =>
  item.replace(/^--?/, '').split(/[=\0]/)[0]?.replaceAll('_', '-') ?? '';

describe('editing manifests, any manifest and any flags', () => {
  it('reaches the desired values, and then has nothing more to do', () => {
    fc.assert(
      fc.property(manifestText, anyFlags, (text, flags) => {
        const step = manage(imageOf(text), flags, 'x');
        const keys = step.desired.map((item) => item.key);
        const live = good(kind.observe(step.image, keys, PATH));
        for (const item of step.desired) {
          expect(kind.same(item.key, live.get(item.key)?.value ?? null, item.value)).toBe(true);
        }
        expect(manage(step.image, flags, 'x').image).toBe(step.image);
      }),
      RUNS,
    );
  });

  it('changes the planned flags and nothing else, decoded by YAML 1.1 and 1.2', () => {
    fc.assert(
      fc.property(manifestText, anyFlags, (text, flags) => {
        const original = imageOf(text);
        const { image } = manage(original, flags, 'x');
        expect(outside(image, '1.1')).toEqual(outside(original, '1.1'));
        expect(outside(image, '1.2')).toEqual(outside(original, '1.2'));
        const names = Object.keys(flags);
        const others = (one: FileImage) =>
          items(one).filter((item) => !names.includes(nameOf(item)));
        expect(others(image)).toEqual(others(original));
        const touched = items(image)
          .map(nameOf)
          .filter((name) => names.includes(name));
        expect(new Set(touched).size).toBe(touched.length);
      }),
      RUNS,
    );
  });

  it('keeps every byte of every other line', () => {
    fc.assert(
      fc.property(manifestText, anyFlags, (text, flags) => {
        const original = imageOf(text);
        const { image } = manage(original, flags, 'x');
        const names = Object.keys(flags);
        const place = placeOf(decodeManifest(text), 'x');
        const isNamed = (item: string) => item.startsWith('-') && names.includes(nameOf(item));
        const touched = (item: string, before: string) =>
          takesNext(before) ? isNamed(before) : isNamed(item);
        // The line end of the last line moves with it when lines come or go at the end of an open file.
        const [before, after] = [text, textOf(image)].map((one) => {
          const rest = withoutItems(one, place, touched);
          return rest.replace(/\n$/, '');
        });
        expect(after).toBe(before);
        expect(textOf(image).endsWith('\n')).toBe(text.endsWith('\n'));
      }),
      RUNS,
    );
  });

  it('gives the original bytes back when everything is released, in any order', () => {
    fc.assert(
      fc.property(
        manifestText,
        anyFlags,
        fc.boolean(),
        fc.infiniteStream(fc.nat()),
        (text, flags, known, order) => {
          const original = imageOf(text);
          const step = manage(original, flags, 'x');
          const edits = restores(step, known ? original : null)
            .map((edit) => ({ edit, at: order.next().value as number }))
            .toSorted((a, b) => a.at - b.at)
            .map(({ edit }) => edit);
          expect(textOf(release(step.image, edits))).toBe(text);
        },
      ),
      RUNS,
    );
  });

  it('gives the original bytes back when two plans release one after the other, last first', () => {
    fc.assert(
      fc.property(
        manifestText,
        flagsFrom(FIRST_NAMES),
        flagsFrom(SECOND_NAMES),
        (text, first, second) => {
          const one = manage(imageOf(text), first, 'x');
          const two = manage(one.image, second, 'x');
          const between = release(two.image, restores(two, null));
          expect(textOf(between)).toBe(textOf(one.image));
          expect(textOf(release(between, restores(one, null)))).toBe(text);
        },
      ),
      RUNS,
    );
  });

  it('gives the original bytes back when two plans release first first, the original being known', () => {
    fc.assert(
      fc.property(
        manifestText,
        flagsFrom(FIRST_NAMES),
        flagsFrom(SECOND_NAMES),
        (text, first, second) => {
          const original = imageOf(text);
          const one = manage(original, first, 'x');
          const two = manage(one.image, second, 'x');
          const between = release(two.image, restores(one, original));
          expect(textOf(release(between, restores(two, original)))).toBe(text);
        },
      ),
      RUNS,
    );
  });
});
