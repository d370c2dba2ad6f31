import { ownCrontab } from '../../host/own-crontab/account.ts';
import type { HostPath } from '../../model/brand.ts';
import type { NewFile, ObservedFile } from '../../model/file-image.ts';
import type { Session } from '../session.ts';
import type { Ground } from './ground.ts';
import { GROUP, idsIn, PASSWD, textOf } from './host-accounts.ts';

/** Whose group the spool is: crontab(1) has it by its set-group-id bit, and so have the files that it makes. */
const CRON_GROUP = 'crontab';
/** Cron reads no other mode there (database.c process_crontab). */
const MODE = 0o600;

/**
 * As what the first crontabs of users are made, by path: as crontab(1) makes them (crontab.c replace_cmd). Those are missing whose user or
 * group /etc does not name, or that another user than root would make: they are refused (SP2264). A record tells no accounts, and what is
 * planned from it does not depend on them.
 */
export async function newCrontabs(
  { host: { newOwner }, from }: Pick<Session, 'host' | 'from'>,
  { look, plans }: Pick<Ground, 'look' | 'plans'>,
  observed: ReadonlyMap<HostPath, ObservedFile>,
): Promise<ReadonlyMap<HostPath, NewFile>> {
  const absent = plans.flatMap(({ resources }) =>
    resources.flatMap(({ spec }) => {
      if (spec.kind !== 'crontab' || spec.owner === null) return [];
      const file = observed.get(spec.path);
      return file?.content.kind === 'absent' ? [{ user: spec.owner, path: file.path }] : [];
    }),
  );
  if (from !== undefined) {
    return new Map(absent.map(({ path }) => [path, { ...newOwner, mode: MODE }]));
  }
  if (absent.length === 0 || newOwner.uid !== 0) return new Map();
  const users = idsIn((await textOf(look, PASSWD)) ?? '');
  const gid = idsIn((await textOf(look, GROUP)) ?? '').get(CRON_GROUP);
  return new Map(
    absent.flatMap(({ user, path }): (readonly [HostPath, NewFile])[] => {
      const uid = users.get(user);
      return uid === undefined || gid === undefined ? [] : [[path, { uid, gid, mode: MODE }]];
    }),
  );
}

/** The crontab of the ordinary user who runs setpoint: only crontab(1) writes it. */
export function ownCrontabsAmong(
  { from }: Pick<Session, 'from'>,
  observed: ReadonlyMap<HostPath, ObservedFile>,
): ReadonlySet<HostPath> {
  if (from !== undefined) return new Set();
  const files = [...observed.values()].filter(({ realPath }) => ownCrontab(realPath) !== null);
  return new Set(files.map(({ path }) => path));
}
