import { describe, expect, it } from 'vitest';

import { itemLine } from '../../../../src/cli/views/item-line.ts';
import { createStyle } from '../../../../src/cli/style.ts';
import type { ItemKey } from '../../../../src/model/brand.ts';
import { item } from '../fixture.ts';

const plain = createStyle(false);

describe('an element of a list flag', () => {
  const key = 'flags/a/plugins/X' as ItemKey;
  const lineOf = (live: string | null, desired: string | null): string =>
    itemLine({ ...item('adopt', '--plugins[X]', live, desired), key }, plain, 80);

  it('goes by its name, which says that it is there', () => {
    expect(lineOf('X', 'X')).toBe('= --plugins: X  (adopt: already right)');
  });

  it('is called absent where it is not there and is not to be', () => {
    expect(lineOf(null, null)).toBe('= --plugins: X absent  (adopt: already right)');
  });
});
