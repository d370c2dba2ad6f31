import { formatMode } from '../model/file-mode.ts';
import { basename, join } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { HostPath } from '../model/brand.ts';
import { quoteWord } from '../diagnostics/shell-words.ts';
import { immutableHelp } from './file-errors.ts';
import type { DirectoryFacts, PlaceFacts } from './place-facts.ts';

/** Who writes, and how: what is right for one user is a risk for another. */
export interface Writer {
  /** Effective user and primary group. */
  readonly uid: number;
  readonly gid: number;
}

export interface JudgedPlace {
  readonly path: HostPath;
  readonly facts: PlaceFacts;
  readonly method: 'replace' | 'in-place';
  /** A consumer acts on what happens in the directory (kubelet). */
  readonly watched: boolean;
}

/** Why a file must not be written where it is, everything at once. Pure. Empty: it may. */
export function judgePlace(place: JudgedPlace, writer: Writer): readonly Diagnostic[] {
  const impossible = hindrances(place);
  const problems = [
    ...(impossible.length > 0 ? impossible : foreignOwner(place, writer)),
    ...swappable(place, writer),
  ];
  if (place.method === 'in-place' && place.watched && !place.facts.isMountPoint) {
    problems.push({
      code: 'SP6071',
      severity: 'error',
      message: `${place.path} is in a directory whose consumer may read it half written`,
      help: 'take out `write: in-place`: it is for files that are mount points and cannot be replaced',
    });
  }
  return problems;
}

/**
 * What makes the write itself impossible. In place only the file must be writable; to replace it, its directory must be, and neither
 * may be fixed. Pure.
 */
export function hindrances({
  path,
  facts,
  method,
}: Pick<JudgedPlace, 'path' | 'facts' | 'method'>): readonly Diagnostic[] {
  const { directory, directoryHindrance: above, fileHindrance: own, mountPoint } = facts;
  const inPlace = method === 'in-place';
  if (own === 'read-only' || (!inPlace && above === 'read-only')) {
    const remount = `mount -o remount,rw ${quoteWord(mountPoint ?? directory)}`;
    const message = `${path} is on a read-only file system, mounted at ${mountPoint ?? directory}`;
    const help = `\`${remount}\`; \`dmesg\` tells if an error made it read-only`;
    return [{ code: 'SP6060', severity: 'error', message, help }];
  }
  const fixed = [
    ...(own === 'fixed' ? [path as string] : []),
    ...(!inPlace && above === 'fixed' ? [directory as string] : []),
  ];
  if (fixed.length > 0) return fixed.map((name) => fixedProblem(path, name, directory));
  if (inPlace ? own === 'denied' : above === 'denied') {
    const where = inPlace ? path : directory;
    const message = `${path} cannot be written: this user may not ${inPlace ? 'write to it' : `create files in ${where}`}`;
    const help = 'run setpoint as root, or as the user it belongs to';
    return [{ code: 'SP6062', severity: 'error', message, help }];
  }
  return [];
}

function foreignOwner({ path, facts, method }: JudgedPlace, { uid }: Writer): Diagnostic[] {
  const { owner } = facts;
  if (method === 'in-place' || uid === 0 || owner === null || owner === uid) return [];
  const message = `${path} belongs to user ${String(owner)}; only root can give its replacement the same owner`;
  const help = 'run setpoint as root, or as the user it belongs to';
  return [{ code: 'SP6064', severity: 'error', message, help }];
}

function fixedProblem(path: string, name: string, directory: string): Diagnostic {
  const isFile = name === path;
  const message = isFile
    ? `${path} is immutable or append-only`
    : `${path} cannot be written: the directory ${name} is immutable or append-only`;
  // Commands are run outside the managed root.
  const place = isFile ? join(directory, basename(name)) : name;
  return {
    code: 'SP6061',
    severity: 'error',
    message,
    help: immutableHelp(place, 'chattr -ia'),
  };
}

function swappable({ path, facts }: JudgedPlace, writer: Writer): Diagnostic[] {
  return facts.way.flatMap((directory) => {
    const reason = whoMaySwap(directory, writer);
    if (reason === null) return [];
    const { path: name, mode, uid, gid } = directory;
    return [
      {
        code: 'SP6063' as const,
        severity: 'error' as const,
        message: `${path} could be swapped by others: ${name} (owner ${String(uid)}:${String(gid)}, mode ${formatMode(mode)}) ${reason.words}`,
        help: `\`${reason.repair} ${quoteWord(name)}\``,
      },
    ];
  });
}

/** Whoever may rename entries of a directory decides what a path below it means. */
export function whoMaySwap(
  { mode, uid, gid }: DirectoryFacts,
  writer: Writer,
): { readonly words: string; readonly repair: string } | null {
  if (uid !== 0 && uid !== writer.uid) {
    return { words: `belongs to user ${String(uid)}`, repair: `chown ${String(writer.uid)}` };
  }
  // In a sticky directory names belong to their owners: root's and ours stay.
  if ((mode & 0o1000) !== 0) return null;
  if ((mode & 0o002) !== 0) {
    return { words: 'is writable by everybody', repair: 'chmod o-w' };
  }
  const trusted = gid === 0 || (writer.uid !== 0 && gid === writer.gid);
  if ((mode & 0o020) === 0 || trusted) return null;
  return { words: `is writable by group ${String(gid)}`, repair: 'chmod g-w' };
}
