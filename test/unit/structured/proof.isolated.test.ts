import { describe, expect, it, vi } from 'vitest';
import { editStructured } from '../../../src/structured/edit-structured.ts';
import { readStructured } from '../../../src/structured/read-structured.ts';
import { render } from '../../../src/structured/render.ts';

vi.mock('../../../src/structured/render.ts', () => ({ render: vi.fn<typeof render>() }));

const TEXT = 'a: 1\nb: 2\n';

/** What an edit of `a` comes to if splicing made this text of it. */
function edited(spliced: string): ReturnType<typeof editStructured> {
  vi.mocked(render).mockReturnValue(spliced);
  const source = readStructured(new TextEncoder().encode(TEXT), '/srv/a.yaml');
  if (!source.ok) throw new Error('not read');
  return editStructured(source.value, [{ op: 'set', path: ['a'], value: 3 }], '/srv/a.yaml');
}

describe('an edit is proved by reading its result', () => {
  it.each([
    ['leaves something else out', 'a: 3\n'],
    ['changes something else', 'a: 3\nb: 3\n'],
    ['writes something else', 'a: 4\nb: 2\n'],
    ['adds something', 'a: 3\nb: 2\nc: 1\n'],
    ['begins another document', 'a: 3\n---\nb: 2\n'],
    ['cannot be read', 'a: 3\nb: [2\n'],
  ])('one that %s is refused', (_name, spliced) => {
    const result = edited(spliced);
    expect(result.ok ? [] : result.diagnostics).toMatchObject([{ code: 'SP2207' }]);
  });

  it('one that does what is wanted is not', () => {
    expect(edited('a: 3\nb: 2\n')).toMatchObject({ ok: true, value: { text: 'a: 3\nb: 2\n' } });
  });
});
