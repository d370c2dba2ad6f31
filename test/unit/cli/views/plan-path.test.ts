import { expect, it } from 'vitest';
import { fileGroups } from '../../../../src/cli/views/plan-file-group.ts';
import { createStyle } from '../../../../src/cli/style.ts';
import { file, part } from '../fixture.ts';

it('a newline in a path forges no line of the plan', () => {
  const path = '/etc/a\n  - /etc/passwd';
  const view = { color: false, width: 80, verbose: false, repeatedFlags: [] };
  const changes = part('a', { files: [file(path, { write: true })] });
  const [head] = fileGroups(changes, createStyle(false), view);
  expect(head).toContain('/etc/a\uFFFD  - /etc/passwd');
  expect(head).not.toContain('\n');
});
