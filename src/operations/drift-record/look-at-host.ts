import { openJournals } from '../../apply/journal/journal-file.ts';
import { strictest } from '../../kinds/record-rule.ts';
import type { HostPath, RunId } from '../../model/brand.ts';
import type { ObservedFile } from '../../model/file-image.ts';
import type { RecordRule } from '../../model/plan-file.ts';
import type { SeenFile } from '../../model/recorded-state.ts';
import type { SeenHost } from '../../plan/recording/seen-state.ts';
import type { ComparedHost } from '../drift/compare-host.ts';
import type { WantedHere } from '../drift/wanted-here.ts';
import { observeAll } from '../planning/observe-files.ts';
import type { Session } from '../session.ts';

/** Everything that is needed to record the host as it is. Changes nothing; the caller holds the run lock. */
export async function lookAtHost(
  session: Session,
  wanted: WantedHere,
  { recorded, observed }: ComparedHost,
  seen: ReadonlyMap<HostPath, SeenFile>,
): Promise<SeenHost> {
  const { config, plans } = wanted;
  const files = await declaredFiles(session, wanted);
  const rules = rulesOf(wanted);
  const declared =
    config === null || plans === null ? null : { workspace: config.name, files, rules };
  const time = session.host.clock.now().toISOString();
  return { recorded, seen, managed: observed, declared, open: filesOfOpenRuns(session), time };
}

/** The strictest of the resources on one name. */
function rulesOf({ plans }: WantedHere): ReadonlyMap<HostPath, RecordRule> {
  const rules = new Map<HostPath, RecordRule>();
  const specs = plans?.plans.flatMap(({ resources }) => resources.map(({ spec }) => spec)) ?? [];
  for (const { path, record } of specs) {
    const known = rules.get(path);
    const rule = strictest([known, record].filter((one) => one !== undefined));
    if (rule !== null) rules.set(path, rule);
  }
  return rules;
}

/** As `plan` looks at them: what it refuses is not recorded either. */
async function declaredFiles(
  { host }: Session,
  { plans }: WantedHere,
): Promise<ReadonlyMap<HostPath, ObservedFile>> {
  const specs = plans?.plans.flatMap(({ resources }) => resources.map(({ spec }) => spec)) ?? [];
  const inPlace = new Set(specs.filter(({ write }) => write === 'in-place').map((one) => one.path));
  const paths = [...new Set(specs.map(({ path }) => path))];
  return observeAll(host.root, paths, (path) => inPlace.has(path));
}

function filesOfOpenRuns({ host }: Session): ReadonlyMap<HostPath, RunId> {
  const found = new Map<HostPath, RunId>();
  for (const journal of openJournals(host)) {
    if (journal.phase !== 'committed') continue;
    for (const { path } of journal.files) found.set(path, journal.header.run);
  }
  return found;
}
