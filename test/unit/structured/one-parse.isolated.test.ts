import { expect, it, vi } from 'vitest';
import * as yaml from 'yaml';
import { editStructured } from '../../../src/structured/edit-structured.ts';
import { observeStructured } from '../../../src/structured/observe-structured.ts';
import { readStructured } from '../../../src/structured/read-structured.ts';
import type { StructuredEdit } from '../../../src/structured/structured.ts';

vi.mock('yaml', async (original) => {
  const real = await original<typeof yaml>();
  return {
    ...real,
    parseAllDocuments: vi.fn<typeof yaml.parseAllDocuments>(real.parseAllDocuments),
  };
});

it('many edits are one more parse', () => {
  const text = Array.from({ length: 400 }, (_one, at) => `- n: j${at}\n  at: 1\n`).join('');
  const source = readStructured(new TextEncoder().encode(text), '/srv/jobs.yaml');
  if (!source.ok) throw new Error('not read');
  const edits = Array.from({ length: 800 }, (_one, at): StructuredEdit => {
    const path = [{ field: 'n', is: `j${at}` }, 'at'];
    expect(observeStructured(source.value, path).value).toBe(at < 400 ? 1 : undefined);
    return { op: 'set', path, value: 2 };
  });
  expect(editStructured(source.value, edits, '/srv/jobs.yaml').ok).toBe(true);
  expect(vi.mocked(yaml.parseAllDocuments)).toHaveBeenCalledTimes(2);
});
