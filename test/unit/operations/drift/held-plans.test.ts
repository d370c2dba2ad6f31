import { expect, it } from 'vitest';
import type { Hold, PlanRecord } from '../../../../src/model/recorded-state.ts';
import { heldTold } from '../../../../src/operations/drift/held-plans.ts';
import type { WantedHere } from '../../../../src/operations/drift/wanted-here.ts';

const HOLD = { run: 'R1', inputDigest: 'bad', also: ['worse'], reason: 'gate red' };

function record(hold: object | null, plan = 'app', workspace = 'prod') {
  return { plan, workspace, hold: hold as Hold | null } as PlanRecord;
}

function wanted(inputDigest: string): WantedHere {
  return {
    config: { name: 'prod' },
    plans: { plans: [{ name: 'app', inputDigest }], otherHosts: [] },
    warnings: [],
  } as unknown as WantedHere;
}

const NOWHERE: WantedHere = { config: null, plans: null, warnings: [] };

it('a hold is held against the inputs that plan files have now, as apply does it', () => {
  const changed = (inputs: string) => heldTold(record(HOLD), wanted(inputs))?.inputsChanged;
  expect(['bad', 'worse', 'good'].map(changed)).toEqual([false, false, true]);
  expect(heldTold(record(HOLD), wanted('good'))).toMatchObject({ run: 'R1', reason: 'gate red' });
  expect(heldTold(record(null), wanted('good'))).toBeNull();
});

it('without the plan at hand nothing is said about its inputs', () => {
  expect(heldTold(record(HOLD), NOWHERE)?.inputsChanged).toBeNull();
  expect(heldTold(record(HOLD, 'gone'), wanted('good'))?.inputsChanged).toBeNull();
  expect(heldTold(record(HOLD, 'app', 'another'), wanted('good'))?.inputsChanged).toBeNull();
});
