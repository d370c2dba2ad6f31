import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { HostPath } from '../../model/brand.ts';
import type { ActionResult } from '../machine/actions.ts';
import type { JournalFile } from '../journal/journal.ts';
import type { LiveFile } from '../files/live-file.ts';
import { committed, type OpenRun } from '../machine/open-run.ts';
import { restoreFiles } from '../files/restore.ts';
import { changedByOthers, planRestore, type RestorePlan } from '../files/restore-plan.ts';
import { renewedFiles } from '../files/renewed.ts';
import { unwritable, type TouchedPlace } from '../files/unwritable.ts';
import { saveForeign } from './save-foreign.ts';
import { keepTheirAttributes } from './keep-their-attributes.ts';
import { spliceOut, stageSplices, type SplicedImage } from './splice-foreign.ts';

/**
 * Old files back. All of them are looked at first: when one cannot be restored, none is, because files that belong together
 * (a flag and the file that it names) must not end half old and half new. Where somebody else changed a file meanwhile, only
 * the run's own edit is taken out of it; what was found is kept before anything is written.
 */
export async function restoreRun(run: OpenRun): Promise<ActionResult> {
  const spliced: SplicedImage[] = [];
  const stuck: string[] = [];
  const warnings: Diagnostic[] = [];
  const touched: TouchedPlace[] = [];
  const theirs: HostPath[] = [];
  for (const [index, file] of committed(run).files.entries()) {
    const plan = planRestore(file);
    touched.push(...touchedBy(file, plan));
    if (plan.how === 'stuck') stuck.push(plan.reason);
    if (plan.how === 'put-back' && plan.torn) await keepTorn(run, index, plan.torn);
    if (plan.how === 'leave' && plan.theirs) theirs.push(file.path);
    if (plan.how !== 'foreign') continue;
    const found = await takeOut(run, index, file, plan.live);
    if ('stuck' in found) stuck.push(found.stuck);
    else {
      spliced.push(found.image);
      theirs.push(file.path);
      warnings.push(found.warning);
    }
  }
  const hindrances = unwritable(run.context.host.root, touched);
  run.diagnostics.push(...hindrances);
  stuck.push(...hindrances.map(({ code, message }) => `${message} (${code})`));
  if (stuck.length === 0) stuck.push(...(await keepTheirAttributes(run, theirs, warnings)));
  if (stuck.length > 0) return { is: 'conflict', reason: stuck.join('; ') };
  const splices = await stageSplices(run, spliced);
  const { listener } = run.context;
  const restored = ({ path, before }: JournalFile): void => {
    const removed = before === null ? { removed: true } : {};
    listener({ type: 'restored', run: run.header.run, path, ...removed });
  };
  const failures = await restoreFiles(committed(run).files, restored, splices);
  if (failures.length > 0) {
    return { is: 'conflict', reason: failures.map(({ reason }) => reason).join('; ') };
  }
  run.diagnostics.push(...warnings);
  run.othersEdits = theirs;
  run.renewed = renewedFiles(committed(run).files).map(({ path }) => path);
  return noted([
    ...(theirs.length === 0 ? [] : [`edits by others were left in ${theirs.join(', ')}`]),
    ...(run.renewed.length === 0 ? [] : [`${run.renewed.join(', ')} has a fresh identity`]),
  ]);
}

function noted(notes: readonly string[]): ActionResult {
  return notes.length === 0 ? { is: 'done' } : { is: 'done', note: notes.join('; ') };
}

/** The names that change when the file goes back: its own, and where its old inode is kept. */
export function touchedBy(file: JournalFile, { how }: RestorePlan): readonly TouchedPlace[] {
  if (how === 'leave' || how === 'stuck') return [];
  const { realPath, oldPath, before, method = 'replace' } = file;
  const moved = how === 'put-back' && method === 'replace' && before !== null && oldPath !== null;
  const paths = moved ? [realPath, oldPath] : [realPath];
  return paths.map((path) => ({ realPath: path, method }));
}

/**
 * A mixture of old and new content most likely is our own interrupted write; in case it was somebody's edit after all it is
 * kept, as far as there is room. In the run's own process nobody had the time.
 */
async function keepTorn(run: OpenRun, index: number, live: LiveFile): Promise<void> {
  if (run.staged.length > 0) return;
  const saved = await saveForeign(run, index, live);
  if (saved === null) return;
  const path = committed(run).files[index]?.path ?? '';
  run.diagnostics.push({
    code: 'SP6074',
    severity: 'warning',
    message: `${path} was found half written and its old content put back`,
    help: `What was found there is kept as ${saved}.`,
  });
}

type TakenOut =
  | { readonly image: SplicedImage; readonly warning: Diagnostic }
  | { readonly stuck: string };

async function takeOut(
  run: OpenRun,
  index: number,
  file: JournalFile,
  live: LiveFile,
): Promise<TakenOut> {
  const stuck = changedByOthers(file);
  if (live.kind !== 'file') return { stuck };
  const saved = await saveForeign(run, index, live);
  if (saved === null) return { stuck: `${stuck}, and their version could not be saved` };
  const image = await spliceOut(run, index, live);
  if (image === null) return { stuck };
  const warning: Diagnostic = {
    code: 'SP4206',
    severity: 'warning',
    message: `${stuck}; only the lines of the run were taken back`,
    help: `What was found there is kept as ${saved}.`,
  };
  return { image, warning };
}
