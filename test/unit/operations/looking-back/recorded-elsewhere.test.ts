import { expect, test } from 'vitest';
import type { AuditRecord } from '../../../../src/git/audit/audit-record.ts';
import type { StateLogEntry } from '../../../../src/git/record/state-history.ts';
import { recordedElsewhere } from '../../../../src/operations/looking-back/recorded-elsewhere.ts';

function commit(id: string, parents: readonly string[], trailers: object = {}) {
  return {
    commit: id,
    parents,
    trailers: Object.entries(trailers).map(([key, value]) => ({ key, value: String(value) })),
  };
}

/** old ── here ── pulled, and old ── there ── pulled; `status` of the last. */
function history(status: string): readonly StateLogEntry[] {
  const last = { 'Setpoint-Status': status, 'Audit-Head': 'h' };
  return [
    commit('pulled', ['there', 'here'], last),
    commit('there', ['old']),
    commit('here', ['old']),
    commit('old', []),
  ] as unknown as readonly StateLogEntry[];
}

const PULLED = { event: 'state-pulled', hash: 'h', here: 'here', there: 'there' };

test.each([
  ['what the other copy recorded since', 'pulled', {}, ['there']],
  ['all, where nothing was recorded here', 'pulled', { here: null }, ['there', 'old']],
  ['nothing, where no commit names the record', 'pulled', { hash: 'x' }, []],
  ['nothing, where the commit did something else', 'applied', {}, []],
  ['nothing, where it took something else', 'pulled', { there: 'old' }, []],
])('%s was recorded elsewhere', (_, status, differs, wanted) => {
  const exchange = { ...PULLED, ...differs } as unknown as AuditRecord;
  expect([...recordedElsewhere(history(status))(exchange)]).toEqual(wanted);
});
