import { EventEmitter, once } from 'node:events';
import { chmod, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  inotifywaitIsInstalled,
  watchByInotifywait,
  watchByNode,
} from '../../kubelet/watch-directory.ts';
import type { OnChange } from '../../kubelet/watch-directory.ts';

const END = '.end';

/** What `change` makes the watcher tell, runs of the same left out: a write may come in pieces. */
async function told(
  watch: typeof watchByInotifywait | typeof watchByNode,
  change: (path: (name: string) => string) => Promise<void>,
): Promise<readonly string[]> {
  const dir = await mkdtemp(join(tmpdir(), 'setpoint-watch-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  await writeFile(join(dir, 'there'), 'x');
  const seen: string[] = [];
  const end = new EventEmitter();
  const onChange: OnChange = (name, what) => {
    if (name === END) end.emit('seen');
    else if (seen.at(-1) !== `${what} ${name}`) seen.push(`${what} ${name}`);
  };
  const watcher = await watch(dir, onChange);
  await change((name) => join(dir, name));
  const atEnd = once(end, 'seen');
  await writeFile(join(dir, END), '');
  await atEnd;
  watcher.close();
  return seen;
}

describe.skipIf(!inotifywaitIsInstalled())('inotifywait', () => {
  it('tells of each change as the kernel does, in order', async () => {
    const events = await told(watchByInotifywait, async (path) => {
      await writeFile(path('a b'), 'x');
      await rename(path('a b'), path('there'));
      await chmod(path('there'), 0o600);
      await rm(path('there'));
      await writeFile(path('there'), '');
    });
    expect(events).toEqual([
      'create a b',
      'modify a b',
      'delete a b',
      'create there',
      'modify there',
      'delete there',
      'create there',
    ]);
  });
});

describe.skipIf(!inotifywaitIsInstalled())('a directory that is not there', () => {
  it('is an error that names it', async () => {
    const nowhere = join(tmpdir(), 'setpoint-no-such-directory');
    await expect(watchByInotifywait(nowhere, () => {})).rejects.toThrow(nowhere);
  });
});

describe('the watch of Node', () => {
  it('tells of a name that came and one that went', async () => {
    const events = await told(watchByNode, (path) => rename(path('there'), path('new')));
    expect(events).toEqual(['delete there', 'create new']);
  });
});
