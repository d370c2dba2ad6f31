import { expect, test } from 'vitest';

import { parseEtcdHelp } from '../../../scripts/catalogue/etcd-help.ts';

/** Shaped as etcd 3.4 prints it; the descriptions are not its own. */
const HELP = `Usage:

  etcd [flags]
    Starts it.

  etcd --config-file
    A file instead of flags.

Member:
  --name 'default'
    A name (see --data-dir 'x').
  --data-dir '\${name}.etcd'
    A directory.
  --wal-dir ''
    Another.
  --max-concurrent-streams 'math.MaxUint32'
    Many.

Auth:
  --bcrypt-cost 10
    A cost: between 4
    and 31.

v2 Proxy (to be deprecated in v4):
  --proxy 'off'
    A mode.

CAUTIOUS with this one! It may break things!

TO BE DEPRECATED:

  --debug 'false'
    Says more.
`;

test('Flags are read with their defaults, quoted or bare, without usage lines and descriptions', () => {
  expect(parseEtcdHelp(HELP).filter(({ deprecated }) => !deprecated)).toEqual([
    { name: 'name', default: 'default', deprecated: false },
    { name: 'data-dir', default: '${name}.etcd', deprecated: false },
    { name: 'wal-dir', default: '', deprecated: false },
    { name: 'max-concurrent-streams', default: '4294967295', deprecated: false },
    { name: 'bcrypt-cost', default: '10', deprecated: false },
  ]);
});

test('The flags of a section that is to go are deprecated', () => {
  expect(parseEtcdHelp(HELP).filter(({ deprecated }) => deprecated)).toEqual([
    { name: 'proxy', default: 'off', deprecated: true },
    { name: 'debug', default: 'false', deprecated: true },
  ]);
});

test('A text without sections has no flags', () => {
  expect(parseEtcdHelp('')).toEqual([]);
  expect(parseEtcdHelp("  --name 'default'\n")).toEqual([]);
});
