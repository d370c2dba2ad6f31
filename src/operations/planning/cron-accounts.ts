import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { ownCrontab } from '../../host/own-crontab/account.ts';
import type { HostPath } from '../../model/brand.ts';
import type { ObservedFile } from '../../model/file-image.ts';
import type { CrontabSpec, ResolvedPlan, ResolvedResource } from '../../model/plan-file.ts';
import type { Look } from './ground.ts';
import { idsIn, PASSWD, textOf } from './host-accounts.ts';
import type { Accounts } from './host-accounts.ts';

const SWITCH = '/etc/nsswitch.conf' as HostPath;
/** Sources of nsswitch.conf that know nobody whom a crontab would name and /etc/passwd has not. */
const LOCAL = new Set(['files', 'compat', 'systemd']);

/** Root, whom cron wants as the owner of system crontabs. */
const ROOT = 0;

/**
 * What accounts say of declared crontabs: users that the host does not have (SP2260, an error; SP2261, a warning, where that cannot be told)
 * and files that cron refuses for their owner (SP2256). `asRoot`: new files would be root's; else owners of a copy of a host say nothing.
 */
export async function cronAccounts(
  look: Look,
  plans: readonly ResolvedPlan[],
  observed: ReadonlyMap<HostPath, ObservedFile>,
  asRoot: boolean,
): Promise<readonly Diagnostic[]> {
  const crontabs = plans.flatMap(({ resources }) =>
    resources.flatMap((resource) => {
      const { spec } = resource;
      return spec.kind === 'crontab' ? [{ resource, spec }] : [];
    }),
  );
  if (crontabs.length === 0) return [];
  const passwd = await textOf(look, PASSWD);
  const accounts = passwd === null ? null : idsIn(passwd);
  const elsewhere = passwd === null || (await hasOtherSources(look));
  return crontabs.flatMap(({ resource, spec }) => [
    ...unknownUsers(spec, accounts).map((user) => unknownUser(resource, user, elsewhere)),
    ...(asRoot
      ? wrongOwner(resource, spec, accounts, observed.get(spec.path))
      : anothers(resource, spec, observed.get(spec.path))),
  ]);
}

async function hasOtherSources(look: Look): Promise<boolean> {
  const [, sources = 'files'] = /^passwd:(.*)$/m.exec((await textOf(look, SWITCH)) ?? '') ?? [];
  const words = sources
    .replace(/#.*/, '')
    .replaceAll(/\[[^\]]*\]/g, ' ')
    .trim()
    .split(/\s+/);
  return words.some((word) => !LOCAL.has(word));
}

function unknownUsers({ owner, jobs }: CrontabSpec, accounts: Accounts | null): readonly string[] {
  const named = Object.values(jobs).flatMap((job) => job?.user ?? []);
  const users = new Set(owner === null ? named : [owner]);
  return [...users].filter((user) => accounts?.has(user) !== true);
}

function unknownUser({ at }: ResolvedResource, user: string, elsewhere: boolean): Diagnostic {
  const help =
    'cron ignores the whole crontab if there is none: make the user first, or correct the name';
  if (!elsewhere) {
    const message = `the host has no user ${user}`;
    return { code: 'SP2260', severity: 'error', message, at, help };
  }
  const message = `it cannot be told whether the host has a user ${user}: ${PASSWD} does not name them`;
  return { code: 'SP2261', severity: 'warning', message, at, help: `look: getent passwd ${user}` };
}

/** In the spool nobody but root sees more than crontab(1) shows of their own. */
function anothers(
  { at }: ResolvedResource,
  { owner, path }: CrontabSpec,
  file: ObservedFile | undefined,
): readonly Diagnostic[] {
  const hidden = file?.content.kind === 'refused' && file.content.code === 'not-readable';
  if (owner === null || !hidden || ownCrontab(file.realPath) !== null) return [];
  const message = `${path} is the crontab of ${owner}: another user than root manages only their own`;
  const help = `run setpoint as root or as ${owner}`;
  return [{ code: 'SP2266', severity: 'error', message, at, help }];
}

function wrongOwner(
  { at }: ResolvedResource,
  { owner, path }: CrontabSpec,
  accounts: Accounts | null,
  file: ObservedFile | undefined,
): readonly Diagnostic[] {
  if (file?.content.kind !== 'file') return [];
  const { uid } = file.content.state;
  const own = owner === null ? ROOT : accounts?.get(owner);
  if (uid === ROOT || own === undefined || uid === own) return [];
  const message = `${path} belongs to the user with the id ${uid}: cron refuses it`;
  const help = `look who wrote it, then: chown ${owner ?? 'root'} ${path}`;
  return [{ code: 'SP2256', severity: 'error', message, at, help }];
}
