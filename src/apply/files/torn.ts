/**
 * Whether `found` is what an interrupted write in place leaves, in either direction between `old` and `next`: its length lies
 * between theirs, and every byte is the one that one of them has there. Behind the end of the shorter one a byte may be zero: after a
 * power cut the new length can be on disk before the bytes are. Anything else somebody else wrote. Pure.
 */
export function isTorn(found: Uint8Array, old: Uint8Array, next: Uint8Array): boolean {
  const shorter = Math.min(old.length, next.length);
  if (found.length < shorter || found.length > Math.max(old.length, next.length)) return false;
  return found.every(
    (byte, at) => byte === old[at] || byte === next[at] || (byte === 0 && at >= shorter),
  );
}
