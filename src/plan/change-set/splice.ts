import type { FileImage, Splice } from '../../model/file-image.ts';

/**
 * The one splice that turns old bytes into new ones: common prefix and suffix are left out. Deterministic, and applying it to
 * bytes of the bound hash gives exactly the new bytes. `null` when the bytes do not change or the file goes away.
 */
export function spliceBetween(before: FileImage, after: FileImage): Splice | null {
  if (!after.exists) return null;
  const old = before.exists ? before.bytes : new Uint8Array();
  const next = after.bytes;
  if (before.exists && Buffer.compare(old, next) === 0) return null;
  const limit = Math.min(old.length, next.length);
  let start = 0;
  while (start < limit && old[start] === next[start]) start += 1;
  let tail = 0;
  while (tail < limit - start && old[old.length - 1 - tail] === next[next.length - 1 - tail])
    tail += 1;
  return {
    offset: start,
    length: old.length - tail - start,
    ...encode(next.subarray(start, next.length - tail)),
  };
}

/** Inverse of spliceBetween. Throws RangeError when the splice does not fit the bytes. */
export function applySplice(old: Uint8Array, splice: Splice): Uint8Array {
  const end = splice.offset + splice.length;
  if (splice.offset < 0 || splice.length < 0 || end > old.length) {
    throw new RangeError(
      `splice ${splice.offset}+${splice.length} does not fit ${old.length} bytes`,
    );
  }
  return Buffer.concat([
    old.subarray(0, splice.offset),
    Buffer.from(splice.text, splice.encoding),
    old.subarray(end),
  ]);
}

function encode(bytes: Uint8Array): Pick<Splice, 'text' | 'encoding'> {
  const buffer = Buffer.from(bytes);
  const text = buffer.toString('utf8');
  // A splice may begin in the middle of a character: only text that survives the round trip is kept as text.
  return Buffer.from(text, 'utf8').equals(buffer)
    ? { text, encoding: 'utf8' }
    : { text: buffer.toString('base64'), encoding: 'base64' };
}
