import { shellLine } from '../../diagnostics/shell-words.ts';
import type { RealPath } from '../../model/brand.ts';
import type { DriftItem } from '../../model/drift.ts';
import { isDrift } from '../../model/drift.ts';

/**
 * Shell commands that give a file the mode and owner that are recorded, which apply leaves as they are. The owner first: chown(2) takes
 * set-user-ID bits away.
 */
export function putBackCommands(items: readonly DriftItem[], file: RealPath): readonly string[] {
  const differing = items.filter((item) => item.state === 'metadata' && isDrift(item));
  const order = ['owner', 'mode'];
  return differing
    .toSorted((a, b) => order.indexOf(a.label) - order.indexOf(b.label))
    .map(({ label, recorded }) =>
      shellLine([label === 'mode' ? 'chmod' : 'chown', recorded ?? '', '--', file]),
    );
}
