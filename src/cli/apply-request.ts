import type { ApplyOptions } from '../operations/apply-changes.ts';
import { loadChangeSet, namesChangeSet } from './change-set-file.ts';
import { planNames } from './plan-flags.ts';
import { usageError } from './usage-error.ts';
import { readVariables } from './variables.ts';

interface SourceFlags {
  readonly 'acknowledge-irreversible'?: readonly string[] | undefined;
  readonly var?: readonly string[] | undefined;
  readonly 'var-file'?: readonly string[] | undefined;
}

/** What to apply: the one saved set that the arguments name, or plans with variables. Throws usage errors. */
export async function applySource(
  targets: readonly string[],
  flags: SourceFlags,
): Promise<ApplyOptions['source']> {
  const file = targets.find(namesChangeSet);
  const assignments = flags.var ?? [];
  const files = flags['var-file'] ?? [];
  if (file === undefined) {
    const vars = await readVariables(files, assignments);
    const acknowledged = planNames(flags['acknowledge-irreversible']);
    return { plans: planNames(targets), vars, acknowledged };
  }
  if (targets.length > 1) {
    throw usageError('SP9001', `${file} is a saved change set: it is applied alone`);
  }
  if (assignments.length + files.length > 0) {
    throw usageError(
      'SP9001',
      `${file} is a saved change set: its variables are fixed`,
      'give --var and --var-file to setpoint plan',
    );
  }
  if ((flags['acknowledge-irreversible'] ?? []).length > 0) {
    throw usageError(
      'SP9001',
      `${file} is a saved change set: what it acknowledges is fixed`,
      'give --acknowledge-irreversible to setpoint plan',
    );
  }
  return { set: await loadChangeSet(file) };
}

interface OverrideFlags {
  readonly 'allow-diverged'?: boolean;
  readonly 'retry-held'?: boolean;
  readonly override?: readonly 'window'[] | undefined;
  readonly reason?: string | undefined;
}

/** The reasons of overrides, `null` for those not asked for. Throws a usage error when one has no reason. */
export function reasonsFor(flags: OverrideFlags): {
  readonly allowDiverged: string | null;
  readonly retryHeld: string | null;
  readonly overrideWindow: string | undefined;
} {
  const reason = flags.reason?.trim() ?? '';
  const names = (['allow-diverged', 'retry-held'] as const).filter((name) => flags[name] === true);
  const isWindow = flags.override?.includes('window') === true;
  const overrides = [...names, ...(isWindow ? ['override window'] : [])];
  if (reason === '' && overrides.length > 0) {
    throw usageError(
      'SP9005',
      `${overrides.map((name) => `--${name}`).join(' and ')} needs --reason`,
      'add --reason TEXT; it is recorded in the state commit',
    );
  }
  return {
    allowDiverged: flags['allow-diverged'] === true ? reason : null,
    retryHeld: flags['retry-held'] === true ? reason : null,
    overrideWindow: isWindow ? reason : undefined,
  };
}
