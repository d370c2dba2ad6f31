import type { HostPath } from '../../model/brand.ts';
import type { Look } from './ground.ts';

export const PASSWD = '/etc/passwd' as HostPath;
export const GROUP = '/etc/group' as HostPath;

/** Ids by name. */
export type Accounts = ReadonlyMap<string, number>;

/** Of /etc/passwd or /etc/group: name and number are first and third field of both. */
export function idsIn(table: string): Accounts {
  const rows = table.split('\n').map((row) => row.split(':'));
  return new Map(
    rows.flatMap(([name = '', , id = '']) =>
      name === '' || !/^\d+$/.test(id) ? [] : [[name, Number(id)]],
    ),
  );
}

/** `null`: there is no such file, or it cannot be read. */
export async function textOf(look: Look, path: HostPath): Promise<string | null> {
  const { content } = await look.observe(path, { inPlace: true });
  return content.kind === 'file' ? new TextDecoder().decode(content.bytes) : null;
}
