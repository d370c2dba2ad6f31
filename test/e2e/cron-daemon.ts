import { execFileSync, spawn } from 'node:child_process';
import { existsSync, watch } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export const CRON_D = '/etc/cron.d';
export const SPOOL = '/var/spool/cron/crontabs';

/** Whether Debian's cron can be run, beside the machine's own. Where CI is set it has to be, else these tests are skipped with one line. */
export function cronIsUsable(): boolean {
  const missing = whatIsMissing();
  if (missing === null) return true;
  if (process.env.CI === 'true') throw new Error(missing);
  console.log(`end-to-end tests skipped: ${missing}`);
  return false;
}

function whatIsMissing(): string | null {
  if (process.getuid?.() !== 0) return 'cron runs only for root';
  if (!existsSync('/usr/sbin/cron')) return 'cron is not installed (apt-get install cron)';
  try {
    execFileSync('unshare', ['--mount', 'true'], { stdio: 'ignore' });
    return null;
  } catch {
    return 'no mount namespace can be made here (unshare --mount)';
  }
}

export interface CronDaemon {
  readonly close: () => Promise<void>;
}

/**
 * Debian's cron as a child, in a mount namespace in which the crontabs are those below `root` and /run is empty: the crontabs of the
 * machine and a cron that runs there are not touched, nor read.
 */
export async function startCron(root: string): Promise<CronDaemon> {
  const none = join(dirname(root), 'no-crontab');
  await writeFile(none, '');
  for (const path of [CRON_D, SPOOL]) await mkdir(join(root, path), { recursive: true });
  const script = `set -e
mount -t tmpfs none /run
mount --bind "$1${CRON_D}" ${CRON_D}
mount --bind "$1${SPOOL}" ${SPOOL}
mount --bind "$2" /etc/crontab
exec /usr/sbin/cron -f`;
  const child = spawn(
    'unshare',
    ['--mount', '--propagation', 'private', 'sh', '-c', script, 'sh', root, none],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const ended = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
  return {
    close: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Resolves when all of these files are in `dir`; rejects after `within` ms, naming those that are not. */
export function filesIn(dir: string, names: readonly string[], within: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const watcher = watch(dir, look);
    const timer = setTimeout(() => {
      watcher.close();
      reject(new Error(`${missing().join(', ')}: not there`));
    }, within);
    function missing(): readonly string[] {
      return names.filter((name) => !existsSync(join(dir, name)));
    }
    function look(): void {
      if (missing().length > 0) return;
      watcher.close();
      clearTimeout(timer);
      resolve();
    }
    look();
  });
}
