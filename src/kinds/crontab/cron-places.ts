import type { HostPath } from '../../model/brand.ts';

export const SYSTEM_CRONTAB = '/etc/crontab';
const CRON_D = '/etc/cron.d/';
/** Where Debian's cron keeps the crontabs of users (pathnames.h SPOOL_DIR). */
const SPOOL = '/var/spool/cron/crontabs/';

export function userCrontab(user: string): HostPath {
  return `${SPOOL}${user}` as HostPath;
}

/** Why cron would not read a crontab with a user field at this path; `null`: it does (database.c valid_name). */
export function systemPlaceProblem(
  path: string,
): { readonly message: string; readonly help: string } | null {
  if (path === SYSTEM_CRONTAB) return null;
  const name = path.startsWith(CRON_D) ? path.slice(CRON_D.length) : null;
  if (name === null || name.includes('/') || name === '') {
    const help = `write ${SYSTEM_CRONTAB} or ${CRON_D}NAME; the crontab of a user is declared by user: NAME, without a path`;
    return { message: `cron reads no crontab at ${path}`, help };
  }
  if (/^[A-Za-z0-9_-]+$/.test(name)) return null;
  const better = name.replaceAll(/[^A-Za-z0-9_-]/g, '-').replace(/^-+/, '');
  const help = `cron passes over names with anything but letters, digits, _ and -: write ${CRON_D}${better === '' ? 'NAME' : better}`;
  return { message: `cron ignores a file of the name ${name}`, help };
}
