import type { HostPath, RealPath, Sha256 } from './brand.ts';

/** What a file is, as far as an edit is concerned: absent, or bytes and permission bits (0 to 0o7777). */
export type FileImage =
  | { readonly exists: false }
  | {
      readonly exists: true;
      readonly bytes: Uint8Array;
      readonly mode: number;
      /** The owner it is given; absent: that of the file it replaces, or whoever runs setpoint. Restores give one, and {@link NewFile}. */
      readonly owner?: { readonly uid: number; readonly gid: number };
    };

export const ABSENT: FileImage = { exists: false };

/** What a file is made with that has to be somebody's for its consumer to read it. */
export interface NewFile {
  readonly uid: number;
  readonly gid: number;
  /** Permission bits. */
  readonly mode: number;
}

/** A file image without its bytes: what change sets, journals and recorded state bind to. */
export interface FileState {
  readonly sha256: Sha256;
  /** Bytes. */
  readonly size: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** Replacement of `length` bytes at `offset` of the old bytes by `bytes` (base64 in JSON forms). */
export interface Splice {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
  readonly encoding: 'utf8' | 'base64';
}

/** What observing one path on the host found. Produced by host/, consumed by plan/ and apply/. */
export interface ObservedFile {
  /** As declared in the plan file. */
  readonly declared: HostPath;
  /** After following symlinks inside the root: the file's identity everywhere else. */
  readonly path: HostPath;
  readonly realPath: RealPath;
  /** Text of the symlink at `declared`, when it is one. */
  readonly linkText: string | null;
  readonly content: ObservedContent;
}

export type ObservedContent =
  | { readonly kind: 'absent' }
  | {
      readonly kind: 'file';
      readonly bytes: Uint8Array;
      readonly state: FileState;
      readonly dev: number;
      readonly ino: number;
    }
  /** Cannot be managed (directory, device, hard link, bind mount, no permission…): code and reason for people. */
  | { readonly kind: 'refused'; readonly code: ObservationRefusal; readonly reason: string };

export type ObservationRefusal =
  | 'directory'
  | 'special-file'
  | 'hard-link'
  | 'bind-mount'
  | 'dangling-link'
  | 'escapes-root'
  | 'not-readable'
  | 'no-place'
  | 'too-large';

/** What an observed file is to an edit; what cannot be managed counts as absent, so callers refuse it first. */
export function imageOf(content: ObservedContent): FileImage {
  if (content.kind !== 'file') return ABSENT;
  return { exists: true, bytes: content.bytes, mode: content.state.mode };
}
