/**
 * Branded strings: a wrong mix (a path on this machine where a path inside the managed root is meant) does not compile.
 * Leaf of the source tree; see docs/GLOSSARY.md for the words.
 */
declare const brand: unique symbol;

export type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** Absolute, normalised path as the managed host sees it (`--root` stripped), e.g. `/etc/kubernetes/manifests/etcd.yaml`. */
export type HostPath = Brand<string, 'HostPath'>;
/** Absolute path on the machine that setpoint runs on (`--root` included, symlinks resolved inside the root). */
export type RealPath = Brand<string, 'RealPath'>;
/** Path of a file relative to the workspace's top, `/` separated, never starting with `..`. */
export type WorkspacePath = Brand<string, 'WorkspacePath'>;

export type HostName = Brand<string, 'HostName'>;
export type WorkspaceName = Brand<string, 'WorkspaceName'>;
export type PlanName = Brand<string, 'PlanName'>;
export type ResourceId = Brand<string, 'ResourceId'>;
/** Key of an item inside its file, e.g. `flags/kube-apiserver/audit-log-path`. A key that is a `/`-prefix of another overlaps it. */
export type ItemKey = Brand<string, 'ItemKey'>;
/** ULID of one execution of one plan file's part of a change set. */
export type RunId = Brand<string, 'RunId'>;
/** Lower-case hex SHA-256 of raw bytes. */
export type Sha256 = Brand<string, 'Sha256'>;
/** `sha256:<hex>` over canonical JSON; names a change set or a plan's resolved inputs. */
export type Digest = Brand<string, 'Digest'>;
/** Full hex id of a git commit, in the workspace or in the state repository. */
export type CommitId = Brand<string, 'CommitId'>;

/** Milliseconds; plan files write Go-style durations (`1m30s`). */
export type Millis = Brand<number, 'Millis'>;
