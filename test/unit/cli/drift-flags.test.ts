import { expect, it } from 'vitest';
import { requireUse } from '../../../src/cli/drift-flags.ts';

const NONE = {
  restore: false,
  adopt: false,
  'dry-run': false,
  'auto-approve': false,
  'allow-unhealthy': false,
  offline: false,
};

it('flags and items of --restore and --adopt are refused without them, and nothing else is', () => {
  expect(() => requireUse(NONE, [])).not.toThrow();
  expect(() => requireUse({ ...NONE, restore: true, 'dry-run': true }, ['/a'])).not.toThrow();
  expect(() => requireUse({ ...NONE, adopt: true, 'dry-run': true }, ['/a'])).not.toThrow();
  expect(() => requireUse({ ...NONE, adopt: true, offline: true }, [])).toThrow('--offline');
  expect(() => requireUse({ ...NONE, 'dry-run': true }, [])).toThrow('--dry-run');
  expect(() => requireUse(NONE, ['/a'])).toThrow('/a');
});
