/** A remote's address for people: without user, password or token, wherever they stand in it. */
export function withoutCredentials(text: string): string {
  // Up to the last @ before the path: a password may hold one.
  return text
    .replaceAll(/\/\/[^/\s]+@/g, '//***@')
    .replaceAll(/([?&][^=\s&]*(?:token|key|secret|password)[^=\s&]*=)[^&\s]+/gi, '$1***');
}
