import * as fs from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { updateDocument } from '../../../src/operations/update-document.ts';
import { libraryHost } from './library-session.ts';

const watch = vi.hoisted(() => ({ after: (_step: string): void => undefined }));

vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>();
  const changing = ['openSync', 'writeSync', 'renameSync', 'linkSync', 'unlinkSync', 'rmSync'];
  const watched = changing.map((name) => {
    const act = real[name as keyof typeof fs] as (...args: readonly unknown[]) => unknown;
    const step = (...args: readonly unknown[]): unknown => {
      const result = act(...args);
      watch.after(name);
      return result;
    };
    return [name, step];
  });
  return { ...real, ...Object.fromEntries(watched) };
});

const PATH = '/etc/app/jobs.yaml';
const OLD = `a: 1\ntext: ${'o'.repeat(9000)}\n`;

it('whenever it is killed, the document is the old one or the new one, and the old one is in the backups before it is not', async () => {
  const host = await libraryHost();
  host.write(PATH, OLD);
  const seen: string[] = [];
  let looking = false;
  const snapshots = join(host.session.host.stateDir, 'backups/snapshots');
  const backedUp = (): boolean =>
    fs.existsSync(snapshots) && fs.readdirSync(snapshots).some((name) => name.endsWith('.json'));
  watch.after = () => {
    if (looking) return;
    looking = true;
    const text = host.read(PATH);
    const which = text === OLD ? 'old' : `new ${String(backedUp())}`;
    if (seen.at(-1) !== which) seen.push(text === OLD || text?.startsWith('a: 2\n') ? which : '?');
    looking = false;
  };
  await updateDocument(host.session, PATH, (held) => ({ ...(held as object), a: 2 }));
  watch.after = () => undefined;
  expect(seen).toEqual(['old', 'new true']);
  expect(host.read(PATH)).toBe(OLD.replace('a: 1', 'a: 2'));
});
