/** A file is not what the run expects: somebody else changed it. Its bytes are left alone. */
export class Conflict extends Error {
  override readonly name = 'Conflict';
}
