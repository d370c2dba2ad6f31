import { describe, expect, it } from 'vitest';
import { didYouMean } from '../../../src/diagnostics/suggest.ts';

const WORDS = ['name', 'container', 'gates', 'flags', 'port', 'onChange', 'audit-log-path'];

describe('did you mean', () => {
  it.each([
    ['contianer', 'container'],
    ['nmae', 'name'],
    ['gate', 'gates'],
    ['prot', 'port'],
    ['onchange', 'onChange'],
    ['audit_log_path', 'audit-log-path'],
    ['mounts', null],
    ['x', null],
    ['', null],
  ])('%j: %j', (word, expected) => {
    expect(didYouMean(word, WORDS)).toBe(expected);
  });
});
