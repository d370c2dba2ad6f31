import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { HostPath, RealPath } from '../model/brand.ts';

/**
 * How the directories begin in which a run keeps new and old files beside their targets. The dot: kubelet (file.go extractFromDir),
 * cron, systemd and sudoers.d ignore such names.
 */
export const STAGE_NAME = '.setpoint-stage';

export interface NamedPlace {
  /** For people. */
  readonly path: HostPath;
  /** Without symbolic links, as the state directory is. */
  readonly realPath: RealPath;
}

/** SP6066 for a file in a place where only setpoint itself may write: its journals and records decide what a recovery does. Pure. */
export function ownPlace(
  { path, realPath }: NamedPlace,
  stateDir: RealPath,
): readonly Diagnostic[] {
  const what = ownDirectory(realPath, stateDir);
  if (what === null) return [];
  return [
    {
      code: 'SP6066',
      severity: 'error',
      message: `${path} must not be written: it is in ${what}`,
      help: 'name a file outside; to undo or settle what setpoint keeps there: `setpoint recover`, `setpoint backup restore`',
    },
  ];
}

/** Whether a directory of the host is the state directory or inside it. */
export function isInside(path: string, directory: string): boolean {
  return path === directory || path.startsWith(`${directory}/`);
}

function ownDirectory(realPath: RealPath, stateDir: RealPath): string | null {
  if (isInside(realPath, stateDir)) return `setpoint's own state directory ${stateDir}`;
  const names = realPath.split('/');
  const at = names.findIndex((name) => name === STAGE_NAME || name.startsWith(`${STAGE_NAME}-`));
  if (at === -1) return null;
  return `${names.slice(0, at + 1).join('/')}, where a run of setpoint keeps its files`;
}
