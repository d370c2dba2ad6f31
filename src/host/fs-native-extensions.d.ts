/** The part of fs-native-extensions 1.5 that setpoint uses; the package has no types. Errors carry `code` (`ENOTSUP`). */
declare module 'fs-native-extensions' {
  /** OFD lock on the whole file; `false` when another open file description holds a conflicting one. */
  export function tryLock(fd: number, options?: { shared?: boolean }): boolean;
  /** The same for `length` bytes from `offset` on, whether the file has them or not. */
  export function tryLock(fd: number, offset: number, length: number): boolean;
  export function unlock(fd: number, offset?: number, length?: number): void;
  export function listAttrsSync(fd: number): string[];
  /** `null` when there is no such attribute. */
  export function getAttrSync(fd: number, name: string): Buffer | null;
  export function setAttrSync(fd: number, name: string, value: Buffer): void;
  export function removeAttrSync(fd: number, name: string): void;
}
