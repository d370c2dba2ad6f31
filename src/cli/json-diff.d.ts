declare module 'json-diff' {
  interface DiffOptions {
    readonly full?: boolean;
    readonly sort?: boolean;
  }
  /** `undefined` when equal. Keys get the suffixes `__added` and `__deleted`; a changed value is `{__old, __new}`. */
  export function diff(before: unknown, after: unknown, options?: DiffOptions): unknown;
}
