import { describe, expect, test } from 'vitest';
import { mountTable, parseMounts, readMounts } from '../../../src/host/mounts.ts';
import { errorOf } from './diagnostics-of.ts';

const MOUNTINFO = String.raw`22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,noatime shared:1 - ext4 /dev/vda rw
40 27 254:1 /srv/a\040b\134c /etc/odd\040name\011tab ro,relatime shared:2 master:1 - xfs /dev/vdb rw
41 27 254:2 / /data rw - ext4 /dev/vdc rw
42 27 0:40 / /data rw - tmpfs tmpfs rw
not a mount line
`;

describe('mountinfo', () => {
  test('decodes octal escapes and skips the optional fields before the dash', () => {
    const mounts = parseMounts(MOUNTINFO);
    expect(mounts).toHaveLength(5);
    expect(mounts[2]).toEqual({
      point: '/etc/odd name\ttab',
      fsRoot: String.raw`/srv/a b\c`,
      fsType: 'xfs',
      source: '/dev/vdb',
      readOnly: true,
    });
  });

  test('mountOf finds the nearest mount above a path, the latest of two on one point', () => {
    const table = mountTable(parseMounts(MOUNTINFO));
    expect(table.mountOf('/etc/hosts')?.point).toBe('/');
    expect(table.mountOf('/')?.point).toBe('/');
    expect(table.mountOf('/data/x/y')?.fsType).toBe('tmpfs');
    expect(table.mountOf('/database')?.point).toBe('/');
    expect(table.mountOf('/data')?.fsType).toBe('tmpfs');
    expect(table.mountPoints().has('/etc/odd name\ttab')).toBe(true);
  });

  test('reads the mounts of this machine', () => {
    const table = readMounts();
    expect(table.mountPoints().has('/proc')).toBe(true);
    expect(table.mountOf('/proc/self')?.fsType).toBe('proc');
  });

  test('says so when /proc is missing', async () => {
    const error = await errorOf(() => readMounts('/nonexistent/mountinfo'));
    expect(error.diagnostics[0]).toMatchObject({
      code: 'SP6040',
      message: 'cannot read /nonexistent/mountinfo: no such file or directory',
    });
  });
});
