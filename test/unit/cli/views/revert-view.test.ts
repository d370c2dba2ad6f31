import { expect, it } from 'vitest';
import { revertView } from '../../../../src/cli/views/revert-view.ts';

const RUN = {
  run: 'R0',
  plan: 'p',
  operation: 'apply',
  outcome: 'reverted',
  commits: [],
  checks: [],
  reason: null,
  manualCommands: [],
  unrecorded: false,
  unproven: false,
};
const RESULT = {
  host: 'h',
  run: '01K2Y3ABCDEFGHJKMNPQRSTVWX',
  plan: 'p',
  recovered: [RUN],
  report: null,
  problems: [],
  branch: null,
};
const VIEW = { color: false, width: 200, verbose: false, repeatedFlags: ['--root', '/r'] };

it('a revert that only settled another run proposes itself again, with the branch that was asked for', () => {
  const text = revertView(RESULT as never, VIEW, ['--push', "--branch='r/k'"]);
  expect(text).toMatch(
    /Next: setpoint revert 01K2Y3ABCDEFGHJKMNPQRSTVWX --push --root \/r --branch='r\/k'$/,
  );
  expect(revertView(RESULT as never, VIEW)).toMatch(/TVWX --root \/r$/);
});
