/** What one kind of evidence says: why it is not the new process yet, or what to add to the good answer. */
export type Evidence = { readonly wrong: string } | { readonly wrong: null; readonly note: string };

export function wrong(detail: string): Evidence {
  return { wrong: detail };
}

export function right(note = ''): Evidence {
  return { wrong: null, note };
}
