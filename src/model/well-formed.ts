/**
 * Whether a text has no half of a surrogate pair standing alone. One that has cannot be written as UTF-8: Node writes U+FFFD in its
 * place, so that different texts become one name on the disk. (`String.prototype.isWellFormed`, which the types of Node 20 lack.)
 */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
