import { expect, test } from 'vitest';
import { absolutePath } from '../../../src/cli/working-directory.ts';

test('an empty directory is refused: it would be the current one', () => {
  expect(() => absolutePath('--root', '')).toThrow('--root is empty');
  expect(absolutePath('--root', '/a/../b')).toBe('/b');
});
