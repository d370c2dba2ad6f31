import { existsSync, watch } from 'node:fs';
import { dirname } from 'node:path';

/** Resolves as soon as `file` exists; rejects after 30 s. Its directory must exist. */
export function waitForFile(file: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const watcher = watch(dirname(file), look);
    const timer = setTimeout(() => end(() => reject(new Error(`${file} did not appear`))), 30_000);
    function end(settle: () => void): void {
      watcher.close();
      clearTimeout(timer);
      settle();
    }
    function look(): void {
      if (existsSync(file)) end(resolve);
    }
    look();
  });
}
