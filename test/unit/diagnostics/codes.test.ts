import { describe, expect, it } from 'vitest';
import { CODES } from '../../../src/diagnostics/codes/index.ts';

describe('every diagnostic code', () => {
  it.each(Object.entries(CODES))('%s has a title and an explanation', (code, entry) => {
    expect(code).toMatch(/^SP\d{4}$/);
    expect(entry.title).not.toMatch(/\.$/);
    expect(entry.explanation.length).toBeGreaterThan(entry.title.length);
  });
});
