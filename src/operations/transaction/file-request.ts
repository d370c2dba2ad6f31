/** One change of a transaction. Paths are absolute, inside the root of the session. Texts are written as UTF-8. */
export type FileRequest = CreateFile | ReplaceFile | DeleteFile | MoveFile;

/** A file that is not there yet. `mode`: permission bits, default 0644. */
export interface CreateFile {
  readonly create: string;
  readonly content: Uint8Array | string;
  readonly mode?: number;
}

/** A file that is there; it keeps mode, owner and attributes. `expected`: hex SHA-256 of what it has to hold, else nothing is written. */
export interface ReplaceFile {
  readonly replace: string;
  readonly content: Uint8Array | string;
  readonly expected?: string;
}

/** `expected` as for a replacement. */
export interface DeleteFile {
  readonly delete: string;
  readonly expected?: string;
}

/**
 * A file gets another name and keeps content, mode, owner and attributes, also on another mount. A file that is already there is
 * replaced only with `replace`. `expected`: what the moved file has to hold.
 */
export interface MoveFile {
  readonly move: string;
  readonly to: string;
  readonly replace?: boolean;
  readonly expected?: string;
}
