import { closeSync, constants, lstatSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadNative } from '../../../src/host/native.ts';
import type { Violation } from './judge.ts';
import {
  ATTRIBUTES,
  DIRECTORIES,
  FILES,
  FOREIGN,
  OWNER,
  withoutMark,
  type ScenarioFile,
  type Side,
} from './scenario.ts';

/** The side that every file is on; null when they are not all old or all new. */
export function sideOf(root: string): Side | null {
  for (const side of ['old', 'new'] as const) {
    if (FILES.every((file) => readUnmarked(join(root, file.path)) === file[side])) return side;
  }
  return null;
}

/** All-old or all-new, with their metadata; directories and foreign files as they were. */
export async function judgeFiles(root: string, attributes: boolean): Promise<Violation[]> {
  const side = sideOf(root);
  const violations = FOREIGN.filter(({ path, text }) => read(join(root, path)) !== text).map(
    ({ path }) => ({ rule: 'foreign files are untouched', detail: path }),
  );
  if (side === null) {
    return [...violations, { rule: 'all files are old or all are new', detail: told(root) }];
  }
  const expected = [
    ...DIRECTORIES[side],
    ...FOREIGN.map(({ path }) => path),
    ...FILES.filter((file) => file[side] !== null).map(({ path }) => path),
  ].sort();
  const found = listBelow(root)
    .filter((path) => path.startsWith('/etc/app'))
    .sort();
  const strange = [
    ...found.filter((path) => !expected.includes(path)).map((path) => `${path} is too much`),
    ...expected.filter((path) => !found.includes(path)).map((path) => `${path} is missing`),
  ];
  violations.push(...strange.map((detail) => ({ rule: 'no name is too much or missing', detail })));
  for (const file of FILES) {
    if (file[side] === null) continue;
    for (const detail of await wrongMetadata(root, file, attributes)) {
      violations.push({ rule: 'metadata is kept', detail });
    }
  }
  return violations;
}

async function wrongMetadata(
  root: string,
  file: ScenarioFile,
  attributes: boolean,
): Promise<string[]> {
  const path = join(root, file.path);
  const { mode, uid, gid, nlink } = lstatSync(path);
  const wrong: string[] = [];
  if ((mode & 0o7777) !== file.mode) wrong.push(`${file.path} has mode ${mode.toString(8)}`);
  if (nlink !== 1) wrong.push(`${file.path} has ${String(nlink)} names`);
  if (file.marked !== true) return wrong;
  if (OWNER !== null && (uid !== OWNER.uid || gid !== OWNER.gid)) {
    wrong.push(`${file.path} belongs to ${String(uid)}:${String(gid)}`);
  }
  if (!attributes) return wrong;
  const native = await loadNative();
  const fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    for (const [name, value] of Object.entries(ATTRIBUTES)) {
      const found = native.getAttrSync(fd, name);
      if (found?.equals(value) !== true) wrong.push(`${file.path} lost ${name}`);
    }
  } finally {
    closeSync(fd);
  }
  return wrong;
}

function told(root: string): string {
  return FILES.map((file) => {
    const text = read(join(root, file.path));
    if (text === file.old) return `${file.path} old`;
    if (text === file.new) return `${file.path} new`;
    return `${file.path} ${text === null ? 'absent' : `${String(text.length)} other bytes`}`;
  }).join(', ');
}

function readUnmarked(path: string): string | null {
  const text = read(path);
  return text === null ? null : withoutMark(text);
}

function read(path: string): string | null {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return null;
  return stats.isFile() ? readFileSync(path, 'utf8') : '(not a file)';
}

/** Every path under `root`, from its top, without what a file system made (`lost+found`). */
export function listBelow(root: string): readonly string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => !path.split('/').includes('lost+found'))
    .map((path) => `/${path}`);
}
