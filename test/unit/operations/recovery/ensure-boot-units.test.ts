import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installRecovery } from '../../../../src/operations/install-recovery.ts';
import { openSession } from '../../../../src/operations/open-session.ts';
import { ensureBootUnits } from '../../../../src/operations/recovery/ensure-boot-units.ts';
import type { Session } from '../../../../src/operations/session.ts';
import type { Millis } from '../../../../src/model/brand.ts';

let root: string;
let session: Session;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'setpoint-boot-units-'));
  const lockTimeout = 1000 as Millis;
  session = await openSession({ root, host: 'h1', cwd: root, env: {}, actor: 'test', lockTimeout });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const restore = (): string => join(root, 'etc/systemd/system/setpoint-restore.service');
const codes = async (): Promise<readonly string[]> =>
  (await ensureBootUnits(session)).map(({ code }) => code);

describe('the boot units of the first apply', () => {
  it('are installed and told once', async () => {
    expect(await codes()).toEqual(['SP6052']);
    expect(existsSync(restore())).toBe(true);
    expect(await codes()).toEqual([]);
  });

  it('are mended when they are of another version', async () => {
    await ensureBootUnits(session);
    writeFileSync(restore(), '[Unit]\n');
    expect(await codes()).toEqual(['SP6052']);
  });

  it('stay away where a person took them away or disabled them', async () => {
    await ensureBootUnits(session);
    rmSync(join(root, 'etc/systemd/system/basic.target.wants/setpoint-restore.service'));
    expect(await codes()).toEqual([]);
    await installRecovery(session, 'remove');
    expect(await codes()).toEqual([]);
    expect(existsSync(restore())).toBe(false);
    await installRecovery(session, 'install');
    expect(existsSync(restore())).toBe(true);
  });

  it('that cannot be written stop nothing', async () => {
    mkdirSync(join(root, 'etc'));
    writeFileSync(join(root, 'etc/systemd'), 'a file in the way');
    expect(await codes()).toEqual(['SP6051']);
  });
});
