import { printable, printableLine } from '../../diagnostics/printable.ts';
import type { InstallMode } from '../../operations/install-recovery.ts';
import type { InstallRecoveryResult } from '../../operations/recovery/results.ts';

/** The units themselves, or what became of them. */
export function installRecoveryView(
  { directory, units, changed }: InstallRecoveryResult,
  mode: InstallMode,
): string {
  if (mode === 'print') {
    const texts = units.map(({ name, text }) => `# ${directory}/${name}\n${text}`);
    return printable(texts.join('\n'));
  }
  const names = printable(changed.join(' and '));
  const place = printableLine(directory);
  if (mode === 'remove') {
    return changed.length === 0 ? 'Nothing to remove.' : `Removed: ${names} from ${place}.`;
  }
  return changed.length === 0
    ? `Nothing to do: the boot units in ${place} are up to date.`
    : `Installed: ${names} in ${place}; they start with the next boot.`;
}
