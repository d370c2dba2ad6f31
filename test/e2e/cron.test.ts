import { chmod, mkdir, readdir, readFile, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRig } from '../scenario/rig/rig.ts';
import type { Rig } from '../scenario/rig/rig.ts';
import { CRON_D, cronIsUsable, filesIn, SPOOL, startCron } from './cron-daemon.ts';
import type { CronDaemon } from './cron-daemon.ts';

const CRONTAB = `${CRON_D}/nightly`;

let rig: Rig;
let out: string;
let cron: CronDaemon | null = null;
beforeEach(async () => {
  rig = await createRig();
  out = join(rig.dir, 'out');
  await mkdir(out);
  // The user nobody writes there, too.
  await chmod(rig.dir, 0o711);
  await chmod(out, 0o1777);
  await rig.put('/etc/passwd', await readFile('/etc/passwd', 'utf8'));
  await rig.put('/etc/group', await readFile('/etc/group', 'utf8'));
  await mkdir(rig.real(SPOOL), { recursive: true });
});
afterEach(async () => {
  await cron?.close();
  cron = null;
  await rig.close();
});

async function propose(...resources: readonly string[]): Promise<void> {
  await rig.workspace.plan('nightly', ['resources:', ...resources].join('\n'));
  await rig.workspace.commit('crontabs');
  await rig.applied();
}

function system(jobs: Readonly<Record<string, string>>, environment: string): string {
  const lines = Object.entries(jobs).map(([id, job]) => `      ${id}: {user: root, ${job}}`);
  return [
    '  system:',
    '    kind: crontab',
    `    path: ${CRONTAB}`,
    `    environment: ${environment}`,
    '    jobs:',
    ...lines,
  ].join('\n');
}

/** A command that leaves its file whole. */
function leaves(name: string, text: string): string {
  return JSON.stringify(
    `printf '%s' "${text}" > ${out}/.${name} && mv ${out}/.${name} ${out}/${name}`,
  );
}

describe.skipIf(!cronIsUsable())("Debian's cron", () => {
  it('loads and runs what was applied, and takes up edits of system crontabs and the first one of a user', async () => {
    await rig.put(CRONTAB, '# kept\n');
    const boot = `schedule: "@reboot", command: ${leaves('boot', '$OF')}`;
    await propose(system({ boot }, '{OF: " first "}'));
    // Cron looks at whole seconds: what it loaded is older than any edit.
    for (const path of [CRONTAB, dirname(CRONTAB), SPOOL]) {
      await utimes(rig.real(path), new Date(0), new Date(1_000_000_000_000));
    }
    cron = await startCron(rig.root);
    await filesIn(out, ['boot'], 30_000);
    expect(await readFile(join(out, 'boot'), 'utf8')).toBe(' first ');
    const every = `schedule: "* * * * *", command: ${leaves('every', '$OF 100%')}`;
    const own = `schedule: "*/1 * * * 0-7", command: ${leaves('own', '$LOGNAME')}`;
    await propose(
      system({ boot, every }, `{OF: "it's"}`),
      `  own:\n    kind: crontab\n    user: nobody\n    jobs:\n      own: {${own}}`,
    );
    await filesIn(out, ['every', 'own'], 75_000);
    expect(await readFile(join(out, 'every'), 'utf8')).toBe("it's 100%");
    expect(await readFile(join(out, 'own'), 'utf8')).toBe('nobody');
    const made = await stat(rig.real(`${SPOOL}/nobody`));
    expect([made.uid, made.mode & 0o7777]).toEqual([65_534, 0o600]);
    await rig.workspace.remove('plans/nightly.yaml');
    await rig.workspace.commit('no crontabs');
    await rig.applied();
    expect(await rig.read(CRONTAB)).toBe('# kept\n');
    expect(await readdir(rig.real(SPOOL))).toEqual([]);
  });
});
