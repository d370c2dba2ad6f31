import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { HostName } from '../../../../src/model/brand.ts';
import type { Variables } from '../../../../src/model/plan-file.ts';
import { GATE_DEFAULTS } from '../../../../src/plan/files/gate-defaults.ts';
import type { ResolveContext } from '../../../../src/plan/files/resolve-plan.ts';

export const FIXTURES = new URL('../../../../fixtures/', import.meta.url).pathname;

/** Resolves for `host` with the files below `dir` as the workspace. */
export function contextFor(dir: string, host = 'cp-1', vars: Variables = {}): ResolveContext {
  return {
    host: host as HostName,
    vars,
    defaults: GATE_DEFAULTS,
    readSource: (path) => {
      const file = join(dir, path);
      const stat = statSync(file, { throwIfNoEntry: false });
      if (stat === undefined) return { problem: 'it does not exist' };
      return { bytes: new Uint8Array(readFileSync(file)), executable: (stat.mode & 0o100) !== 0 };
    },
  };
}
