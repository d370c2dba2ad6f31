import type { FlagDemand } from '../row.ts';

/** Short forms of demands that many rows make. */

export function off(flag: string): FlagDemand {
  return { flag, type: 'bool', rule: { op: 'eq', value: 'false', unset: 'fail' } };
}

export function on(flag: string): FlagDemand {
  return { flag, type: 'bool', rule: { op: 'eq', value: 'true', unset: 'fail' } };
}

/** Right by default: not giving the flag is enough. */
export function offOrUnset(flag: string): FlagDemand {
  return { flag, type: 'bool', rule: { op: 'eq', value: 'false', unset: 'pass' } };
}

export function given(flag: string): FlagDemand {
  return { flag, type: 'string', rule: { op: 'set' } };
}

export function has(flag: string, element: string): FlagDemand {
  return { flag, type: 'list', rule: { op: 'has', element } };
}

export function lacks(flag: string, element: string, unset: 'fail' | 'pass'): FlagDemand {
  return { flag, type: 'list', rule: { op: 'lacks', element, unset } };
}

export function atLeast(flag: string, value: string): FlagDemand {
  return { flag, type: 'int', rule: { op: 'min', value, unset: 'fail' } };
}
