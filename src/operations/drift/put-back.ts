import { shellLine } from '../../diagnostics/shell-words.ts';
import type { RealPath } from '../../model/brand.ts';
import type { DriftFile } from '../../model/drift.ts';
import { isDrift } from '../../model/drift.ts';

/**
 * Shell commands that give a file the mode and owner that are recorded, which apply leaves as they are, or that an open run left.
 * The owner first: chown(2) takes set-user-ID bits away.
 */
export function putBackCommands(
  { items, openRun }: Pick<DriftFile, 'items' | 'openRun'>,
  file: RealPath,
): readonly string[] {
  const differing = items.filter(
    // What an open run left otherwise is no drift: all that drifted is its mode and owner, which `apply` cannot put back before.
    (item) => isDrift(item) && (item.state === 'metadata' || openRun !== undefined),
  );
  const order = ['owner', 'mode'];
  return differing
    .toSorted((a, b) => order.indexOf(a.label) - order.indexOf(b.label))
    .map(({ label, recorded }) =>
      shellLine([label === 'mode' ? 'chmod' : 'chown', recorded ?? '', '--', file]),
    );
}
