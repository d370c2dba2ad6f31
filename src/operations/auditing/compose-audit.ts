import { BENCHMARKED } from '../../catalogue/cis/row.ts';
import type { CisRow } from '../../catalogue/cis/row.ts';
import { rowsOf } from '../../catalogue/cis/rows.ts';
import type { CisVersion } from '../../catalogue/cis/versions.ts';
import { judgeRow } from '../../kinds/manifest/audit/judge-row.ts';
import { judgeBoth } from '../../kinds/manifest/audit/judge-both.ts';
import type { Found } from './found.ts';
import type { AuditedComponent, AuditResult, AuditScore, AuditStanding } from './results.ts';

/** What was found against the rows of one version: pure. */
export function composeAudit(
  version: CisVersion,
  found: readonly Found[],
): Pick<AuditResult, 'absent' | 'components' | 'score'> {
  const rows = rowsOf(version);
  const components = BENCHMARKED.flatMap((component) =>
    found
      .filter(({ subject }) => subject.component === component)
      .map((one) =>
        audited(
          one,
          rows.filter((row) => row.component === component),
        ),
      ),
  );
  const absent = BENCHMARKED.flatMap((component) => {
    if (components.some((one) => one.component === component)) return [];
    const ids = rows.filter((row) => row.component === component).map(({ id }) => id);
    return ids.length === 0 ? [] : [{ component, rows: ids }];
  });
  return { components, absent, score: scoreOf(components, absent) };
}

function audited({ subject, running }: Found, rows: readonly CisRow[]): AuditedComponent {
  const { origin } = subject;
  const manifest = origin.kind === 'manifest' ? origin : null;
  const own = origin.kind === 'process' ? [origin.pid] : [];
  const pids = running.flatMap((one) => (one.origin.kind === 'process' ? [one.origin.pid] : []));
  return {
    component: subject.component,
    path: manifest?.path ?? null,
    container: manifest?.container ?? null,
    pids: [...own, ...pids],
    rows: rows.map((row) => {
      const { id, title, remedy, needs, risk } = row;
      const verdict = judgeBoth(
        judgeRow(row, subject),
        running.map((one) => ({ pid: pidOf(one), verdict: judgeRow(row, one) })),
      );
      return { id, title, ...verdict, remedy, needs, risk };
    }),
  };
}

function pidOf({ origin }: Found['subject']): number {
  return origin.kind === 'process' ? origin.pid : 0;
}

function scoreOf(
  components: readonly AuditedComponent[],
  absent: AuditResult['absent'],
): AuditScore {
  const all = components.flatMap(({ rows }) => rows);
  const count = (standing: AuditStanding): number =>
    all.filter((row) => row.standing === standing).length;
  const missing = absent.reduce((sum, { rows }) => sum + rows.length, 0);
  return {
    pass: count('pass'),
    fail: count('fail'),
    manual: count('manual'),
    notApplicable: count('not-applicable') + missing,
  };
}
