import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
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
import { FIRST_NAMES, flagsFrom, manifestText, SECOND_NAMES } from './kinds-manifest-arbitrary.ts';

const anyFlags = flagsFrom([...FIRST_NAMES, ...SECOND_NAMES]);
const RUNS = { numRuns: 150 };

interface Decoded {
  spec: { containers: { command?: unknown; args?: unknown }[] };
}

function decoded(image: FileImage, version: '1.1' | '1.2'): Decoded {
  return parseAllDocuments(textOf(image), { version })[0]?.toJS() as Decoded;
}

/** What no edit of flags may change. */
function outside(image: FileImage, version: '1.1' | '1.2'): unknown {
  const pod = decoded(image, version);
  for (const container of pod.spec.containers) delete container.command;
  for (const container of pod.spec.containers) delete container.args;
  return pod;
}

function items(image: FileImage): readonly string[] {
  const [container] = decoded(image, '1.1').spec.containers;
  const lists = [container?.command ?? [], container?.args ?? []].flat();
  for (const item of lists) expect(typeof item).toBe('string');
  return lists as string[];
}

/** Lines that name neither a touched flag nor stand in a flow list. */
function otherLines(image: FileImage, touched: readonly string[]): readonly string[] {
  const names = touched.flatMap((name) => [name, name.replaceAll('-', '_')]);
  const lists = textOf(image).replace(/(command|args): \[[^]*?\](?=\r?\n|$)/g, '$1: flow');
  return lists.split('\n').filter((line) => !names.some((name) => line.includes(`-${name}=`)));
}

const strip = (lines: readonly string[]) => lines.map((line) => line.replace(/\r$/, ''));

const nameOf = (item: string) => item.replace(/^--?/, '').split('=')[0]?.replaceAll('_', '-') ?? '';

describe('editing manifests, any manifest and any flags', () => {
  it('reaches the desired values, and then has nothing more to do', () => {
    fc.assert(
      fc.property(manifestText, anyFlags, (text, flags) => {
        const step = manage(imageOf(text), flags);
        const keys = step.desired.map((item) => item.key);
        const live = good(kind.observe(step.image, keys, PATH));
        for (const item of step.desired) {
          expect(kind.same(item.key, live.get(item.key)?.value ?? null, item.value)).toBe(true);
        }
        expect(manage(step.image, flags).image).toBe(step.image);
      }),
      RUNS,
    );
  });

  it('changes the planned flags and nothing else, decoded by YAML 1.1 and 1.2', () => {
    fc.assert(
      fc.property(manifestText, anyFlags, (text, flags) => {
        const original = imageOf(text);
        const { image } = manage(original, flags);
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
        const { image } = manage(original, flags);
        const names = Object.keys(flags);
        const [before, after] = [otherLines(original, names), otherLines(image, names)];
        // The line end of the last line moves with it when lines come or go at the end of an open file.
        expect(strip(after)).toEqual(strip(before));
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
          const step = manage(original, flags);
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
          const one = manage(imageOf(text), first);
          const two = manage(one.image, second);
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
          const one = manage(original, first);
          const two = manage(one.image, second);
          const between = release(two.image, restores(one, original));
          expect(textOf(release(between, restores(two, original)))).toBe(text);
        },
      ),
      RUNS,
    );
  });
});
