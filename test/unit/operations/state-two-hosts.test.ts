import { expect, it } from 'vitest';
import type { HostName } from '../../../src/model/brand.ts';
import { stateAddress } from '../../../src/git/remote/state-address.ts';
import { standsInTheWay } from '../../../src/operations/state/push-head.ts';

it('two hosts of one name: the way out lets one go on under another name, which its record does not', () => {
  const host = 'cp-1' as HostName;
  const address = stateAddress({ remote: 'ssh://git@h/x.git', branch: null }, host, '/state');
  const obstacle = { is: 'other-host', here: 'a', there: 'b' } as const;
  const { diagnostics } = standsInTheWay({ address }, host, obstacle, {
    onlyHere: 1,
    onlyThere: 1,
  });
  expect(diagnostics[0]?.help).toMatch(/release .*remove its state directory.*another name/);
});
