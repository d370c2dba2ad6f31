import { expect, it } from 'vitest';
import { requireRestore } from '../../../src/cli/drift-flags.ts';

const NONE = {
  restore: false,
  'dry-run': false,
  'auto-approve': false,
  'allow-unhealthy': false,
  offline: false,
};

it('flags and items of --restore are refused without it, and nothing else is', () => {
  expect(() => requireRestore(NONE, [])).not.toThrow();
  expect(() => requireRestore({ ...NONE, restore: true, 'dry-run': true }, ['/a'])).not.toThrow();
  expect(() => requireRestore({ ...NONE, 'dry-run': true }, [])).toThrow('--dry-run');
  expect(() => requireRestore(NONE, ['/a'])).toThrow('/a');
});
