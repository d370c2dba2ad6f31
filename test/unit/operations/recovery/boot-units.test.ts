import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bootUnits, type BootUnit } from '../../../../src/operations/recovery/boot-units.ts';

const FACTS = { node: process.execPath, program: '/x/recovery.mjs', stateDir: '/var/lib/setpoint' };
const NO_ANALYZE =
  process.env['CI'] === 'true' || spawnSync('systemd-analyze', ['--version']).error === undefined
    ? null
    : 'no systemd-analyze';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'setpoint-units-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function named(units: readonly BootUnit[], name: string): string {
  return units.find((unit) => unit.name === name)?.text ?? '';
}

describe('boot units', () => {
  it('restore comes before everything that waits for basic.target, and before the kubelet and cron', () => {
    const text = named(bootUnits(FACTS), 'setpoint-restore.service');
    expect(text).toMatch(
      /^Before=basic\.target .*kubelet\.service.* cron\.service crond\.service$/m,
    );
    expect(text).toMatch(/^WantedBy=basic\.target$/m);
    expect(text).toMatch(/^RequiresMountsFor=\/var\/lib\/setpoint$/m);
    expect(text).toMatch(/^Type=oneshot$/m);
  });

  it('verify comes after the kubelet and holds up no boot', () => {
    const text = named(bootUnits(FACTS), 'setpoint-verify.service');
    expect(text).toMatch(
      /^After=setpoint-restore\.service network-online\.target kubelet\.service/m,
    );
    expect(text).toMatch(/^Type=exec$/m);
  });

  it('write paths so that systemd takes them as they are', () => {
    const [unit] = bootUnits({ ...FACTS, node: '/opt/my node/50%/$x/"q"' });
    expect(unit?.text).toContain(
      'ExecStart="/opt/my node/50%%/$$x/\\"q\\"" /x/recovery.mjs restore',
    );
  });

  it.skipIf(NO_ANALYZE !== null)(`pass systemd-analyze verify${NO_ANALYZE ?? ''}`, () => {
    const files = bootUnits(FACTS).map(({ name, text }) => {
      writeFileSync(join(dir, name), text);
      return join(dir, name);
    });
    const args = ['verify', '--man=no', '--recursive-errors=no', ...files];
    const ran = spawnSync('systemd-analyze', args, { encoding: 'utf8' });
    expect(ran.stdout + ran.stderr).toBe('');
    expect(ran.status).toBe(0);
  });

  it.skipIf(NO_ANALYZE !== null)(`a mistake in them would be seen${NO_ANALYZE ?? ''}`, () => {
    const [unit] = bootUnits({ ...FACTS, node: '/no/such/node' });
    writeFileSync(join(dir, 'setpoint-restore.service'), unit?.text ?? '');
    const verify = (): string =>
      execFileSync('systemd-analyze', [
        'verify',
        '--man=no',
        join(dir, 'setpoint-restore.service'),
      ]).toString();
    expect(verify).toThrow('/no/such/node');
  });
});
