import type { CisRow, FlagDemand } from '../../../catalogue/cis/row.ts';
import { judgeDemand } from './judge-rule.ts';
import type { Judgement, Standing } from './judge-rule.ts';
import { flagsOf, readSetting } from './read-setting.ts';
import type { Occurrences } from './read-arguments.ts';
import type { Subject } from './subject.ts';

export interface RowVerdict extends Judgement {
  /** Line of the manifest that shows it, from 1. */
  readonly line: number | null;
}

/** Files of settings that take the place of all flags. Source: etcd etcdmain/config.go (parse: the file is used, flags are not). */
const CONFIG_FILE = { flag: 'config-file', type: 'string' } as const;

/** Whether a component is as a row demands; the worst of the row's demands counts. */
export function judgeRow(row: CisRow, subject: Subject): RowVerdict {
  const { arguments: args, component } = subject;
  if (component !== row.component) {
    return {
      standing: 'not-applicable',
      reason: `${component} is no ${row.component}`,
      line: null,
    };
  }
  const flags = flagsOf(subject);
  if (flags === null) {
    const why = 'unreadable' in args ? args.unreadable : '';
    return { standing: 'manual', reason: `its flags cannot be told: ${why}`, line: null };
  }
  const instead = decidedElsewhere(row, subject, flags);
  if (instead !== null) return instead;
  const judged = (demand: FlagDemand): RowVerdict => judgeOne(demand, subject, flags);
  const stands = row.instead === undefined ? null : judged(row.instead);
  if (stands?.standing === 'pass') return stands;
  const verdicts = row.demands.map(judged);
  const standing = worst(verdicts.map((verdict) => verdict.standing));
  const telling = verdicts.filter((verdict) => verdict.standing === standing);
  const reason = telling.map((verdict) => verdict.reason).join('; ');
  return { standing, reason, line: telling.find(({ line }) => line !== null)?.line ?? null };
}

/** What fails by a flag of the kubelet is mended there: its file, which remedies speak of, does not count then. */
function judgeOne(demand: FlagDemand, subject: Subject, flags: Occurrences): RowVerdict {
  const { reading, line } = readSetting(subject, flags, demand);
  const { standing, reason } = judgeDemand(demand, reading);
  const isFlag = flags.has(demand.flag) && demand.config !== undefined;
  const field = isFlag ? demand.config.join('.') : '';
  const place = `the flag wins over ${field}: take it from the command line of the kubelet (kubeadm: /var/lib/kubelet/kubeadm-flags.env)`;
  return { standing, reason: standing === 'fail' && isFlag ? `${reason}; ${place}` : reason, line };
}

/** The worst of several: fail, then manual. */
export function worst(standings: readonly Standing[]): Standing {
  const order: readonly Standing[] = ['fail', 'manual', 'pass'];
  return order.find((standing) => standings.includes(standing)) ?? 'not-applicable';
}

function decidedElsewhere(row: CisRow, subject: Subject, flags: Occurrences): RowVerdict | null {
  const demands =
    row.component === 'etcd'
      ? [CONFIG_FILE]
      : (row.elsewhere ?? []).map((flag) => ({ flag, type: 'string' as const }));
  for (const demand of demands) {
    const { reading, line } = readSetting(subject, flags, demand);
    // Of the environment of a process nothing is known: that alone must not hide what its flags say.
    if (reading.state === 'unset' || (reading.state === 'unknown' && reading.shown === null)) {
      continue;
    }
    const shown = reading.shown ?? `--${demand.flag}`;
    return { standing: 'manual', reason: `${shown} decides: look there`, line };
  }
  return null;
}
