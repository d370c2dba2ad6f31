import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { FileImage } from '../../../../src/model/file-image.ts';
import { ABSENT } from '../../../../src/model/file-image.ts';
import { applySplice, spliceBetween } from '../../../../src/plan/change-set/splice.ts';

function image(bytes: Uint8Array | string): FileImage {
  return { exists: true, bytes: Buffer.from(bytes as string), mode: 0o644 };
}

describe('splice', () => {
  it('covers only the bytes that differ', () => {
    expect(spliceBetween(image('a\nb\nc\n'), image('a\nB!\nc\n'))).toEqual({
      offset: 2,
      length: 1,
      text: 'B!',
      encoding: 'utf8',
    });
  });

  it('is null for equal bytes and for a deletion, and starts from nothing for a new file', () => {
    expect(spliceBetween(image('a'), image('a'))).toBeNull();
    expect(spliceBetween(image('a'), ABSENT)).toBeNull();
    expect(spliceBetween(ABSENT, image('a'))).toEqual({
      offset: 0,
      length: 0,
      text: 'a',
      encoding: 'utf8',
    });
  });

  it('keeps bytes that are no text, and characters cut in the middle', () => {
    const pairs: [Uint8Array, Uint8Array][] = [
      [Buffer.from([1, 255, 3]), Buffer.from([1, 254, 3])],
      [Buffer.from('ä'), Buffer.from('ö')],
    ];
    for (const [before, after] of pairs) {
      const splice = spliceBetween(image(before), image(after));
      if (splice === null) throw new Error('no splice');
      expect(Buffer.from(applySplice(before, splice))).toEqual(after);
    }
  });

  it('turns any bytes into any others', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 40 }),
        fc.uint8Array({ maxLength: 40 }),
        (before, after) => {
          const splice = spliceBetween(image(before), image(after));
          const result = splice === null ? before : applySplice(before, splice);
          expect(Buffer.from(result).equals(Buffer.from(after))).toBe(true);
        },
      ),
    );
  });

  it('refuses bytes that it does not fit', () => {
    const splice = { offset: 3, length: 2, text: '', encoding: 'utf8' } as const;
    expect(() => applySplice(Buffer.from('abc'), splice)).toThrow(RangeError);
  });
});
