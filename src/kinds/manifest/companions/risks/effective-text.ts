import { findCatalogue } from '../../../../catalogue/find-catalogue.ts';
import type { CommandLine } from '../../flags/command-line.ts';
import { runningComponent } from '../../pod/running-component.ts';
import { flagText } from '../flag-text.ts';

/**
 * The value that counts: the given one, or the default that the catalogue has in the version of the image; `null` when neither says
 * anything.
 */
export function effectiveText(line: CommandLine, flag: string): string | null {
  const given = flagText(line, flag);
  if (given !== null) return given;
  const running = runningComponent(line.container);
  if (running === null || running.version === null) return null;
  const facts = findCatalogue(running.component, running.version)?.flags.get(flag);
  const text = facts?.default ?? '';
  return text === '' || text === '[]' ? null : text;
}
