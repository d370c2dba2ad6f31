import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeDirectoryDurably, removeDurably, writeDurably } from '../../host/durable.ts';
import { fileError } from '../../host/file-errors.ts';
import { linkText, replaceLink } from '../../host/replace-link.ts';
import { resolvePath } from '../../host/resolve-path.ts';
import { isTemporaryName } from '../../host/temporary-names.ts';
import { thisProgram } from '../../host/this-process.ts';
import type { RealPath } from '../../model/brand.ts';
import type { Session } from '../session.ts';
import { bootUnits, type BootUnit } from './boot-units.ts';
import { currentProgram } from './place-program.ts';

const UNIT_DIRECTORY = '/etc/systemd/system';

/** The units for this session's state directory and Node.js, as the booted host sees their paths. */
export function unitsFor({ host }: Session): readonly BootUnit[] {
  const stateDir = host.root.toHost(host.stateDir);
  return bootUnits({ node: thisProgram(), program: currentProgram(stateDir), stateDir });
}

/** `<root>/etc/systemd/system`, symbolic links followed inside the root. */
export function unitDirectory({ host }: Session): RealPath {
  return resolvePath(host.root.dir, UNIT_DIRECTORY).realPath;
}

/** `stale`: written for another Node.js, state directory or version. `disabled`: there, but nothing starts it. */
export type UnitStanding = 'installed' | 'stale' | 'disabled' | 'missing';

/** How the units stand together: the worst of them. Errors: SP601x. */
export function unitStanding(session: Session): UnitStanding {
  const directory = unitDirectory(session);
  const found = unitsFor(session).map((unit) => standingOf(directory, unit));
  const order: readonly UnitStanding[] = ['missing', 'stale', 'disabled'];
  return order.find((standing) => found.includes(standing)) ?? 'installed';
}

function standingOf(directory: string, unit: BootUnit): UnitStanding {
  const text = textAt(join(directory, unit.name));
  if (text === null) return 'missing';
  if (text !== unit.text) return 'stale';
  return linkText(enablingLink(directory, unit)) === enablingText(unit) ? 'installed' : 'disabled';
}

function textAt(file: string): string | null {
  try {
    return existsSync(file) ? readFileSync(file, 'utf8') : null;
  } catch (error) {
    throw fileError(error, 'read', file);
  }
}

/** Writes what is not there yet and enables it, durably. Gives the names of units that changed. Errors: SP601x (exit 1). */
export async function writeUnits(session: Session): Promise<readonly string[]> {
  const directory = unitDirectory(session);
  const changed: string[] = [];
  for (const unit of unitsFor(session)) {
    if (standingOf(directory, unit) === 'installed') continue;
    const link = enablingLink(directory, unit);
    await makeDirectoryDurably(join(link, '..'), 0o755);
    await writeDurably(join(directory, unit.name), Buffer.from(unit.text), 0o644);
    await replaceLink(link, enablingText(unit));
    changed.push(unit.name);
  }
  return changed;
}

/** Takes units and links away. Gives the names of those that were there. Errors: SP601x (exit 1). */
export async function removeUnits(session: Session): Promise<readonly string[]> {
  const directory = unitDirectory(session);
  const changed: string[] = [];
  for (const unit of unitsFor(session)) {
    const link = enablingLink(directory, unit);
    const enabled = linkText(link) !== null;
    if (enabled) await removeDurably(link);
    const file = join(directory, unit.name);
    const there = existsSync(file);
    if (there) await removeDurably(file);
    if (enabled || there) changed.push(unit.name);
  }
  return changed;
}

/**
 * What an installation that was killed left beside the units. Only named: another state directory of this host has a run lock of its
 * own, and its installation may be at work. Errors: SP601x.
 */
export function unfinishedUnits(session: Session): readonly string[] {
  const directory = unitDirectory(session);
  const links = unitsFor(session).map((unit) => dirname(enablingLink(directory, unit)));
  return [directory, ...links].flatMap((dir) =>
    listNames(dir)
      .filter(isTemporaryName)
      .map((name) => join(dir, name)),
  );
}

function listNames(directory: string): readonly string[] {
  try {
    return existsSync(directory) ? readdirSync(directory).toSorted() : [];
  } catch (error) {
    throw fileError(error, 'list', directory);
  }
}

/** What `systemctl enable` makes. */
function enablingLink(directory: string, { name, wantedBy }: BootUnit): string {
  return join(directory, `${wantedBy}.wants`, name);
}

function enablingText({ name }: BootUnit): string {
  return join(UNIT_DIRECTORY, name);
}
