import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { shellLine } from '../../diagnostics/shell-words.ts';
import { isMountKey } from '../../kinds/manifest/mounts/mount-key.ts';
import type { HostPath, WorkspaceName } from '../../model/brand.ts';
import type { DriftFile, DriftItem } from '../../model/drift.ts';
import type { ObservedContent, ObservedFile } from '../../model/file-image.ts';
import type { ItemToAdopt } from './adoption.ts';
import { itemName } from './adoption.ts';
import { addressOf } from '../drift/named-items.ts';
import type { ItemInFile } from '../drift/named-items.ts';

/** ItemInFile items with their live values; `unfit`: those that nothing here can declare (SP3083), or that `refused` keeps out. */
export function toAdopt(
  chosen: readonly ItemInFile[],
  workspace: WorkspaceName,
  observed: ReadonlyMap<HostPath, ObservedFile>,
  refused: (one: ItemInFile) => Diagnostic | null = () => null,
): { readonly items: readonly ItemToAdopt[]; readonly unfit: readonly Diagnostic[] } {
  const items: ItemToAdopt[] = [];
  const unfit: Diagnostic[] = [];
  for (const one of chosen) {
    const { file, item } = one;
    const content = observed.get(file.path)?.content;
    const problem = obstacle(one, workspace, content);
    const refusal: Diagnostic | null =
      problem === null ? refused(one) : { code: 'SP3083', severity: 'error', ...problem };
    if (refusal !== null) unfit.push(refusal);
    else if (item.live !== undefined) {
      const bytes = content?.kind === 'file' ? content.bytes : null;
      const { path, kind } = file;
      items.push({ path, kind, key: item.key, label: item.label, live: item.live, bytes });
    }
  }
  return { items, unfit };
}

/** Mode and owner that no run has set: only a file's mode can be declared, and then it is an item of its own. */
function undeclaredMetadata({ path, kind, items }: DriftFile, item: DriftItem): Obstacle {
  const { label, recorded, live } = item;
  const drifted = `${itemName({ label, path })} drifted (${recorded ?? ''} → ${live ?? ''})`;
  const wanted = items.find(({ key, state }) => key === label && state === 'pending');
  if (wanted?.desired !== undefined) {
    const message = `${drifted}, and no run has set the ${wanted.desired ?? 'absence'} that plan ${wanted.owner?.plan ?? ''} declares`;
    return { message, help: `setpoint apply sets it; to keep ${live ?? ''}, write that there` };
  }
  const back = shellLine(['setpoint', 'drift', '--restore', addressOf(path, label)]);
  const declare =
    kind === 'file' && label === 'mode'
      ? `write mode: "${live ?? ''}" in its resource`
      : 'accept it with drift.ignore in setpoint.yaml';
  const help = `put it back: ${back}; or, if it is to stay, ${declare}`;
  return { message: `${drifted}, and no plan declares it`, help };
}

interface Obstacle {
  readonly message: string;
  readonly help: string;
}

function obstacle(
  { file, item }: ItemInFile,
  workspace: WorkspaceName,
  content: ObservedContent | undefined,
): Obstacle | null {
  const name = itemName({ label: item.label, path: file.path });
  if (item.state === 'metadata') return undeclaredMetadata(file, item);
  if (item.owner !== undefined && item.owner.workspace !== workspace) {
    const message = `${name} belongs to workspace ${item.owner.workspace}`;
    return { message, help: 'adopt it there' };
  }
  if (item.undeclared === true) {
    const message = `no plan declares ${name} any more`;
    return { message, help: 'the next apply leaves it as it is and forgets it' };
  }
  if (item.live === undefined) {
    const message = `what ${name} is on the host cannot be told: ${file.problem ?? 'it cannot be read'}`;
    return { message, help: 'put the file right by hand' };
  }
  // Plans declare what is in it, never that there is none.
  if (file.kind !== 'file' && content?.kind === 'absent') {
    const help = 'take its resource out of the plan, or put the file back';
    return { message: `${file.path} is gone as a whole`, help };
  }
  // A namespace of CronJobs may be called as mounts are.
  if (file.kind === 'manifest' && isMountKey(item.key)) {
    const back = shellLine(['setpoint', 'drift', '--restore', addressOf(file.path, item.label)]);
    const message = `${name} is a mount: those are not written into plan files`;
    return { message, help: `put it back: ${back}; or change \`mounts:\` in its resource by hand` };
  }
  if (item.desired !== undefined) return null;
  const message = `what plan ${item.owner?.plan ?? ''} wants of ${name} is not known here`;
  return { message, help: 'use a checkout that has its plan file; setpoint validate checks it' };
}
