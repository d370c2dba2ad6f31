import { blockedFiles } from '../../apply/journal/blocked-files.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { StateRepository } from '../../git/record/state-repository.ts';
import { hasRecordedValues } from '../../kinds/has-recorded-values.ts';
import { kindOf } from '../../kinds/registry.ts';
import type { ItemKey } from '../../model/brand.ts';
import { EXIT } from '../../model/outcome.ts';
import { attributesLeft } from '../../model/recorded-state.ts';
import type { LedElsewhere } from '../../model/drift.ts';
import { ledWords } from '../../plan/difference/led-elsewhere.ts';
import type { ChosenFile } from '../../plan/drift/choose-drift.ts';
import { putBack, type KeptVersion } from '../../plan/drift/put-back.ts';
import type { ComparedHost } from '../drift/compare-host.ts';
import { linkCommands } from '../drift/link-commands.ts';
import { lookAt, type ReturnedFile } from '../going-back/returned-file.ts';
import type { Session } from '../session.ts';
import { keptVersions } from './kept-versions.ts';

/** Each file with its drifted items as recorded. Changes nothing. Throws SP3074 (exit 7) with everything that stands in the way. */
export async function returnedFiles(
  session: Session,
  state: StateRepository,
  chosen: readonly ChosenFile[],
  compared: ComparedHost,
): Promise<readonly ReturnedFile[]> {
  const versions = await keptVersions(
    state,
    chosen.map(({ managed }) => managed),
  );
  const blocked = blockedFiles(session.host);
  const ledAway = new Map(compared.files.map(({ path, led }) => [path, led]));
  const returned: ReturnedFile[] = [];
  const conflicts: Diagnostic[] = [];
  for (const file of chosen) {
    const { path } = file.managed;
    const run = blocked.get(path);
    if (run !== undefined) {
      conflicts.push(openRun(path, run));
      continue;
    }
    const led = ledAway.get(path);
    if (led !== undefined) {
      conflicts.push(awayFrom(led, linkCommands(session.host.root, { led, ...compared })));
      continue;
    }
    const one = await returnedFile(session, file, versions.get(path) ?? null);
    if ('code' in one) conflicts.push(one);
    else returned.push(one);
  }
  if (conflicts.length > 0) throw new SetpointError(EXIT.refused, conflicts);
  return returned;
}

async function returnedFile(
  session: Session,
  { managed, items }: ChosenFile,
  kept: KeptVersion | null,
): Promise<ReturnedFile | Diagnostic> {
  const { path } = managed;
  const found = await lookAt(session.host, path, managed);
  if ('obstacle' in found) return conflict(found.obstacle);
  const { image: before, state: live } = found;
  const kind = kindOf(managed.kind);
  const back = putBack({ managed, kind, live: { image: before, state: live }, items, kept });
  if (!back.ok) {
    const why = back.diagnostics.map(({ message }) => message).join('; ');
    return conflict(why === '' ? `${path}: no content of it is kept` : why);
  }
  const { image: after, state: wanted } = back.value;
  // What was not chosen stays drift: its mode and owner stay recorded as they were.
  const attributes = wanted === null ? {} : attributesLeft(managed, wanted);
  const owned = Object.keys(managed.items) as ItemKey[];
  const nothingLeft = hasRecordedValues(kind, managed, after, owned);
  const edited = nothingLeft ? {} : { edited: true as const };
  return { path, before, after, managed, live, wanted, original: false, ...attributes, ...edited };
}

function conflict(message: string): Diagnostic {
  return {
    code: 'SP3074',
    severity: 'error',
    message: `nothing was put back: ${message}`,
    help: 'Put the file right by hand, or name only what else drifted: setpoint drift --restore ITEM',
  };
}

function awayFrom(led: LedElsewhere, commands: readonly string[]): Diagnostic {
  const by = commands.length === 0 ? '' : `: ${commands.join('; ')}`;
  const again = led.name === led.was ? ' Then: setpoint drift --restore' : '';
  return {
    code: 'SP3074',
    severity: 'error',
    message: `nothing was put back: ${ledWords(led)}`,
    help: `Put it right by hand${by}.${again}`,
  };
}

function openRun(path: string, run: string): Diagnostic {
  return {
    code: 'SP3074',
    severity: 'error',
    message: `nothing was put back: ${path} belongs to run ${run}, which is open`,
    help: 'Settle it first: setpoint recover --dry-run shows how.',
  };
}
