import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isTorn } from '../../src/apply/files/torn.ts';

const content = fc.uint8Array({ minLength: 0, maxLength: 80 });

test('whatever a sequential write leaves when it is cut off is torn, in both directions', () => {
  fc.assert(
    fc.property(content, content, fc.nat(80), (old, next, cut) => {
      const done = next.slice(0, Math.min(cut, next.length));
      const found = Uint8Array.from([...done, ...old.slice(done.length)]);
      expect(isTorn(found, old, next)).toBe(true);
      expect(isTorn(found, next, old)).toBe(true);
    }),
  );
});

test('any mixture of blocks after a power cut is torn, with zeros behind the end of the shorter one', () => {
  const sources = fc.array(fc.constantFrom('old', 'next', 'zero'), {
    minLength: 80,
    maxLength: 80,
  });
  fc.assert(
    fc.property(content, content, sources, fc.nat(80), (old, next, from, length) => {
      const shorter = Math.min(old.length, next.length);
      const size = Math.min(Math.max(length, shorter), Math.max(old.length, next.length));
      const byteAt = (at: number): number => {
        if (at >= shorter && from[at] === 'zero') return 0;
        const [first, second] = from[at] === 'old' ? [old, next] : [next, old];
        return first[at] ?? second[at] ?? 0;
      };
      expect(
        isTorn(
          Uint8Array.from({ length: size }, (_, at) => byteAt(at)),
          old,
          next,
        ),
      ).toBe(true);
    }),
  );
});

test('one byte of somebody else, a longer or a shorter file is not', () => {
  fc.assert(
    fc.property(content, content, fc.nat(79), fc.nat(255), (old, next, at, value) => {
      const longer = Math.max(old.length, next.length);
      expect(isTorn(new Uint8Array(longer + 1), old, next)).toBe(false);
      const shorter = Math.min(old.length, next.length);
      const less = old.slice(0, Math.max(0, shorter - 1));
      expect(isTorn(less, old, next)).toBe(shorter === 0);
      fc.pre(at < next.length && value !== old[at] && value !== next[at]);
      fc.pre(value !== 0 || at < shorter);
      const edited = next.slice();
      edited[at] = value;
      expect(isTorn(edited, old, next)).toBe(false);
    }),
  );
});
