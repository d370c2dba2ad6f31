import { chmodSync, lstatSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { errorCode, fileError } from '../../host/file-errors.ts';
import type { MountTable } from '../../host/mounts.ts';
import { STAGE_NAME } from '../../host/own-place.ts';
import type { RealPath, RunId } from '../../model/brand.ts';
import { Conflict } from './conflict.ts';
import type { Intent } from '../journal/journal.ts';

const OF_RUN = new RegExp(`^\\${STAGE_NAME}-([0-9A-Z]{26})$`);

/**
 * `<base>/.setpoint-stage-<run>`. One level, so that its name costs one sync, of a directory that is a target's anyway. Journals
 * of earlier versions name `.setpoint-stage/<run>`.
 */
function stageDirectory(base: RealPath, run: RunId): RealPath {
  return join(base, `${STAGE_NAME}-${run}`) as RealPath;
}

/** The run that a directory of this name is the stage of, or null. */
export function runOfStage(name: string): RunId | null {
  return (OF_RUN.exec(name)?.[1] ?? null) as RunId | null;
}

/** Where earlier versions had the stages of all runs. */
export const FORMER_STAGE = STAGE_NAME;

export interface StagePlan {
  /** By target: the directory its new bytes and its old inode wait in. */
  readonly directories: ReadonlyMap<RealPath, RealPath>;
  readonly intent: Intent;
}

export interface StagePlanInput {
  readonly run: RunId;
  readonly targets: readonly RealPath[];
  /** Directories whose consumer would act on a foreign name in them. */
  readonly watched: ReadonlySet<string>;
  /** Top of the managed root: nothing is staged above it. */
  readonly root: RealPath;
  readonly mounts: MountTable;
  /** Targets that are written in place: nothing is renamed over them, so their copies lie in the run's own folder. */
  readonly inPlace?: { readonly targets: ReadonlySet<RealPath>; readonly folder: RealPath };
}

/** Decides where each target is staged and which directories have to be made. Reads the host, changes nothing. */
export function planStaging(input: StagePlanInput): StagePlan {
  const directories = new Map<RealPath, RealPath>();
  const created = new Set<RealPath>();
  for (const target of input.targets) {
    const parent = dirname(target) as RealPath;
    for (const missing of missingDirectories(parent)) created.add(missing);
    const { inPlace } = input;
    const base = inPlace?.targets.has(target) ? inPlace.folder : stageBase(parent, input);
    directories.set(target, stageDirectory(base, input.run));
  }
  return {
    directories,
    intent: {
      stageDirectories: [...new Set(directories.values())],
      createdDirectories: [...created].sort((a, b) => a.length - b.length),
    },
  };
}

/**
 * The nearest unwatched directory from which a rename and a link reach `parent`: same mount, same device, inside the root.
 * A watched directory that is a mount point of its own has none; then a dot-name inside it serves.
 */
export function stageBase(
  parent: RealPath,
  { watched, root, mounts }: Pick<StagePlanInput, 'watched' | 'root' | 'mounts'>,
): RealPath {
  const mountPoints = mounts.mountPoints();
  const device = deviceOf(parent);
  let base: string = parent;
  while (watched.has(base)) {
    const above = dirname(base);
    // Two mounts of one file system share the device number, and link(2) between them still gives EXDEV.
    const leaves = mountPoints.has(base) || base === root || above === base;
    if (leaves || deviceOf(above) !== device) return parent;
    base = above;
  }
  return base as RealPath;
}

/** Device of `directory`, or of the nearest existing one above when it has to be made. */
function deviceOf(directory: string): number {
  for (let path = directory; ; path = dirname(path)) {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats !== undefined || path === dirname(path)) return stats?.dev ?? 0;
  }
}

function missingDirectories(directory: string): RealPath[] {
  const missing: RealPath[] = [];
  let path = directory;
  while (statSync(path, { throwIfNoEntry: false }) === undefined && path !== dirname(path)) {
    missing.unshift(path as RealPath);
    path = dirname(path);
  }
  return missing;
}

/**
 * Makes a run's stage, private; not synced. A run's id is new, so whatever has the name already was put there by somebody else.
 * Throws Conflict, SP601x.
 */
export function makeStageDirectory(directory: RealPath): void {
  try {
    mkdirSync(directory, { mode: 0o700 });
    chmodSync(directory, 0o700);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') {
      throw new Conflict(`${directory} was there before the run could make it`);
    }
    throw fileError(error, 'create the directory', directory);
  }
  checkStageDirectory(directory);
}

/**
 * Refuses a stage directory that is not what was made: in a directory that others may write to, it could have become a symlink
 * to elsewhere or be readable by them. Throws Conflict.
 */
export function checkStageDirectory(directory: RealPath): void {
  const stats = lstatSync(directory);
  if (!stats.isDirectory() || (stats.mode & 0o077) !== 0) {
    throw new Conflict(
      `${directory} is not a private directory of setpoint; look at it and remove it`,
    );
  }
}
