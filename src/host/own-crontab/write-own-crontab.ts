import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import type { RealPath } from '../../model/brand.ts';
import { errorWords } from '../file-errors.ts';
import { signalGroup } from '../process-group.ts';
import { environment, PATIENCE, refusal } from './crontab-program.ts';
import { readOwnCrontab } from './read-own-crontab.ts';

/**
 * Waits for a word before it becomes crontab(1): its process group is noted by then, so that whoever recovers a killed run finds it. The end
 * of the line without a word means that nobody has noted it.
 */
const AFTER_WORD = 'read -r word <&3 && exec crontab "$1" 3<&-';

/**
 * Replaces the crontab, whole or not at all (crontab(1) renames); an empty one is removed. The text comes from a file: of a pipe whose writer
 * is killed the first half would be taken for all. `noted` is told the process group before anything happens. Throws SP2268, SP601x.
 */
export async function writeOwnCrontab(
  bytes: Uint8Array,
  noted: (processGroup: number) => void,
): Promise<void> {
  const remove = bytes.length === 0;
  if (remove && readOwnCrontab().length === 0) return;
  const input = fileWith(bytes);
  try {
    const said = await runCrontab(remove ? '-r' : '-', input, noted);
    if (said !== null) throw refusal('SP2268', 'write', said);
  } finally {
    closeSync(input);
  }
  if (!readOwnCrontab().equals(bytes)) {
    throw refusal('SP2268', 'write', 'what crontab -l gives then is not what was given to it');
  }
}

/** Why it failed, in its own words; `null`: it did not. */
function runCrontab(
  option: string,
  input: number,
  noted: (processGroup: number) => void,
): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const child = spawn('sh', ['-c', AFTER_WORD, 'sh', option], {
      env: environment(),
      cwd: '/',
      detached: true,
      stdio: [input, 'ignore', 'pipe', 'pipe'],
    });
    const said: Buffer[] = [];
    child.stderr?.on('data', (text: Buffer) => said.push(text));
    const line = child.stdio[3] as Writable | null;
    line?.on('error', () => {});
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      signalGroup(child.pid ?? 0, 'SIGKILL');
    }, PATIENCE);
    const end = (why: string | null): void => {
      clearTimeout(timer);
      resolve(why);
    };
    try {
      if (child.pid !== undefined) noted(child.pid);
      line?.end('go\n');
    } catch (error) {
      // It ends without a word, and without having done anything.
      line?.destroy();
      child.once('close', () => {
        clearTimeout(timer);
        reject(error);
      });
    }
    child.once('error', (error) => end(errorWords(error)));
    child.once('close', (code) => {
      if (code === 0) return end(null);
      const words = Buffer.concat(said).toString('utf8').trim();
      const hung = `it did not end within ${String(PATIENCE / 1000)} s`;
      end(late ? hung : words === '' ? `crontab ${option} failed (${String(code)})` : words);
    });
  });
}

/** An open file with this content and no name. */
function fileWith(bytes: Uint8Array): number {
  const directory = mkdtempSync(join(tmpdir(), 'setpoint-crontab-'));
  try {
    const path = join(directory, 'text') as RealPath;
    writeFileSync(path, bytes, { mode: 0o600 });
    return openSync(path, 'r');
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
