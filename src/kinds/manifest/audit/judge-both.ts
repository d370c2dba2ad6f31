import { worst } from './judge-row.ts';
import type { RowVerdict } from './judge-row.ts';

export interface ProcessVerdict {
  readonly pid: number;
  readonly verdict: RowVerdict;
}

/**
 * A manifest's verdict together with those of its processes: the worst counts, because the benchmark is about what runs, and the
 * manifest is what runs next. Where the manifest cannot be told (a shell, a variable), its processes say it alone.
 */
export function judgeBoth(manifest: RowVerdict, running: readonly ProcessVerdict[]): RowVerdict {
  const told = running.filter(({ verdict }) => verdict.standing !== 'manual');
  if (running.length === 0) return manifest;
  if (manifest.standing === 'manual') {
    if (told.length < running.length) return manifest;
    const standing = worst(told.map(({ verdict }) => verdict.standing));
    const telling = told.find(({ verdict }) => verdict.standing === standing);
    if (telling === undefined) return manifest;
    const reason = `${telling.verdict.reason} (process ${telling.pid})`;
    return { standing, reason, line: manifest.line };
  }
  const other = told.find(({ verdict }) => verdict.standing !== manifest.standing);
  if (other === undefined) return manifest;
  const standing = worst([manifest.standing, other.verdict.standing]);
  const reason = `manifest: ${manifest.reason}; process ${other.pid}, which does not run it: ${other.verdict.reason}`;
  return { standing, reason, line: manifest.line };
}
