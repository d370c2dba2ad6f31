import type { Diagnostic } from '../../../../diagnostics/diagnostic.ts';
import type { CommandLine } from '../../flags/command-line.ts';
import { probeChecks } from '../../gates/probe-checks.ts';
import { componentOfLine } from '../component-of-line.ts';
import { flagText } from '../flag-text.ts';
import { missingFlags } from './required.ts';
import { takesRisk } from './risky-flag.ts';
import type { RiskyFlag } from './risky-flag.ts';
import { RISKY_FLAGS } from './risky-flags.ts';

/** Warns (SP2125) of each risky value that the change brings: what breaks, and what sees it. */
export function riskWarnings(before: CommandLine, after: CommandLine): Diagnostic[] {
  const component = componentOfLine(after);
  const missing = missingFlags(before, after);
  return RISKY_FLAGS.filter(
    (risky) =>
      component !== null &&
      risky.components.includes(component) &&
      !missing.includes(risky.flag) &&
      takesRisk(risky, before, after),
  ).map((risky) => ({
    code: 'SP2125',
    flag: risky.flag,
    severity: 'warning',
    message: `${after.container.source.path}: ${changeText(risky, after)}: ${risky.breaks}; ${seenText(risky, after)}`,
  }));
}

function changeText({ flag, risk }: RiskyFlag, after: CommandLine): string {
  if ('loses' in risk) return `--${flag} without ${risk.loses}`;
  const now = flagText(after, flag);
  if ('gains' in risk) {
    return now === null ? `without --${flag} it is ${risk.gains}` : `--${flag} with ${risk.gains}`;
  }
  return now === null ? `without --${flag}` : `--${flag}=${now}`;
}

function seenText({ seen }: RiskyFlag, after: CommandLine): string {
  if (seen !== 'probes') return `no gate of its own sees it, add ${seen.add}`;
  return probeChecks(after.container).some(({ check }) => check.kind === 'http')
    ? 'the gates of its probes see it'
    : 'it has no probe that would see it, add an http gate without credentials';
}
