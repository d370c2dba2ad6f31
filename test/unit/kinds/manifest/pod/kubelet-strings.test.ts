import { describe, expect, it } from 'vitest';
import { parsePod } from '../../../../../src/kinds/manifest/pod/parse-pod.ts';
import { itemsOf, readContainer } from '../../../../../src/kinds/manifest/pod/container.ts';
import { kubeletReads } from '../kubelet-reads.ts';

/** Forms that the kubelet reads as text and that are refused all the same: other readers of YAML 1.1 differ, or the YAML is no 1.2. */
const STRICTER = {
  block: [
    '0b2',
    '1:30',
    '12:30:45',
    '2001-01-01',
    '2001-1-1',
    '2001-01-01T00:00:00Z',
    '=',
    '<<',
    '&a a',
    '!a',
    '!!str 1',
  ],
  flow: ['-', 'a:', '--a=y:', '--a=::'],
};

/** The list as setpoint reads it; null where it refuses. */
function read(list: string): readonly string[] | null {
  const text = `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: x\n    command:${list}\n`;
  const pod = parsePod(text, 'x.yaml');
  const container = pod.ok ? readContainer(pod.value, null) : pod;
  return container.ok ? itemsOf(container.value).map((item) => item.text) : null;
}

describe('plain items, against the reader of the kubelet', () => {
  it.each(kubeletReads)('takes $item for text only where the kubelet does', (row) => {
    const [block, flow] = [`\n    - ${row.item}\n    - z`, ` [${row.item}, z]`].map(read);
    const strict = STRICTER.block.includes(row.item);
    expect(block).toEqual(strict ? null : row.block);
    expect(flow).toEqual(strict || STRICTER.flow.includes(row.item) ? null : row.flow);
  });
});
