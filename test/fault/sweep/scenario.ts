import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { chmodSync, chownSync, closeSync, constants, openSync } from 'node:fs';
import { loadNative } from '../../../src/host/native.ts';

/**
 * What the scripted apply is made to do: end well, be taken back, be taken back and come up with a fresh identity only, stop before the
 * commit point, be stopped in its gate wait.
 */
export type Mode = 'kept' | 'reverted' | 'renewed' | 'abandoned' | 'interrupted';
export const MODES: readonly Mode[] = ['kept', 'reverted', 'renewed', 'abandoned', 'interrupted'];

/** As `kept`, but somebody else decides to revert right before the applier decides. */
export const OUTVOTED = 'outvoted';
/** As the mode that it begins with; the run's commits are signed, by everybody otherwise. */
export type Signed = 'kept-signed' | 'reverted-signed';
export const SIGNED: readonly Signed[] = ['kept-signed', 'reverted-signed'];

/** What the scripted apply is told to be. */
export type Play = Mode | Signed | typeof OUTVOTED;

export type Side = 'old' | 'new';

/** The side that is right once the applier has told its result. */
export const SIDE_OF: Readonly<Record<Mode, Side>> = {
  kept: 'new',
  reverted: 'old',
  renewed: 'old',
  abandoned: 'old',
  interrupted: 'old',
};

/** A file of the run, or one beside it that nobody may touch. */
export interface ScenarioFile {
  readonly path: string;
  /** Null: absent on that side. */
  readonly old: string | null;
  readonly new: string | null;
  readonly mode: number;
  readonly watched?: boolean;
  /** Has an owner, an access ACL and an attribute of its own, which every version has to keep. */
  readonly marked?: boolean;
}

/** Replaced, created (with two missing parents), deleted. More than a page, so that a write can be cut short. */
export const FILES: readonly ScenarioFile[] = [
  {
    path: '/etc/app/manifests/a.yaml',
    old: pod('old a'),
    // A page more: written in place the file grows and, taken back, is cut off.
    new: pod('new a, which is longer', 10_000),
    mode: 0o640,
    watched: true,
    marked: true,
  },
  { path: '/etc/app/new/deep/b.conf', old: null, new: page('new b'), mode: 0o644 },
  { path: '/etc/app/gone.conf', old: page('old gone'), new: null, mode: 0o600 },
];

/** Nobody's: one beside each place that the run writes to. */
export const FOREIGN: readonly { readonly path: string; readonly text: string }[] = [
  { path: '/etc/app/manifests/foreign.yaml', text: 'foreign a\n' },
  { path: '/etc/app/.hidden', text: 'foreign b\n' },
];

/** Directories under the managed places, and which of them only one side has. */
export const DIRECTORIES: Readonly<Record<Side, readonly string[]>> = {
  old: ['/etc/app', '/etc/app/manifests'],
  new: ['/etc/app', '/etc/app/manifests', '/etc/app/new', '/etc/app/new/deep'],
};

/** Where the first file is a bind mount (power cuts of writes in place): what is mounted there, from another place of the host. */
export const BOUND = { target: '/etc/app/manifests/a.yaml', source: '/srv/a.yaml' } as const;

/** A host that has it records the files without copies from this apply on: what git keeps no longer is kept aside by it. */
export const ASIDE = 'workspace/record-digest';

/** Where the state directory is below the root. */
export const STATE = 'var/lib/setpoint';

export const OWNER = process.geteuid?.() === 0 ? { uid: 12_345, gid: 23_456 } : null;

/** `version 2; user::rw-, user:1000:r--, group::r--, mask::r--, other::---`, as the kernel keeps it (posix_acl_xattr.h). */
const ACL = Buffer.from(
  '02000000' +
    '01000600ffffffff' +
    '02000400e8030000' +
    '04000400ffffffff' +
    '10000400ffffffff' +
    '20000000ffffffff',
  'hex',
);

/** Extended attributes of a marked file, those that the file system of `path` keeps. */
export const ATTRIBUTES: Readonly<Record<string, Buffer>> = {
  'system.posix_acl_access': ACL,
  'user.setpoint.test': Buffer.from('kept'),
};

/** Makes the old side under `root`, which exists. */
export async function makeOldSide(root: string): Promise<void> {
  for (const { path, text } of FOREIGN) put(join(root, path), text, 0o644);
  for (const file of FILES) {
    if (file.old === null) continue;
    put(join(root, file.path), file.old, file.mode);
    if (file.marked === true) await mark(join(root, file.path), file.mode);
  }
  mkdirSync(join(root, 'workspace/checks'), { recursive: true });
}

function put(path: string, text: string, mode: number): void {
  if (!existsSync(dirname(path))) mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  chmodSync(path, mode);
}

async function mark(path: string, mode: number): Promise<void> {
  if (OWNER !== null) chownSync(path, OWNER.uid, OWNER.gid);
  chmodSync(path, mode);
  const native = await loadNative();
  const fd = openSync(path, constants.O_RDWR);
  try {
    for (const [name, value] of Object.entries(ATTRIBUTES)) native.setAttrSync(fd, name, value);
  } finally {
    closeSync(fd);
  }
}

/** The content of a file without the mark of a fresh identity. */
export function withoutMark(text: string): string {
  return text.replace(/^ {2}annotations:\n {4}setpoint\/renewed: "[0-9A-Z]{26}"\n/mu, '');
}

function pod(text: string, bytes?: number): string {
  const containers = `spec:\n  containers:\n  - name: a\n    command: [a, "${text}"]\n`;
  return `apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n${containers}${page(`# ${text}`, bytes)}`;
}

function page(text: string, bytes = 6000): string {
  return `${text}\n`.repeat(Math.ceil(bytes / (text.length + 1)));
}
