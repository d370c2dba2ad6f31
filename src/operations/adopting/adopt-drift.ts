import { realpathSync } from 'node:fs';
import { join } from 'node:path';

import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { kindOf } from '../../kinds/registry.ts';
import type { WorkspacePath } from '../../model/brand.ts';
import type { DriftFile } from '../../model/drift.ts';
import { isDrift } from '../../model/drift.ts';
import { EXIT } from '../../model/outcome.ts';
import type { ExitCode } from '../../model/outcome.ts';
import type { Variables } from '../../model/plan-file.ts';
import { chooseItems, isAdopted } from '../../plan/adopting/choose-items.ts';
import { planAdoption } from '../../plan/adopting/plan-adoption.ts';
import type { Adoption } from '../../plan/adopting/plan-adoption.ts';
import { privateContent, privatePlans, recordRules } from '../../plan/adopting/private-content.ts';
import type { RecordRules } from '../../plan/adopting/private-content.ts';
import { toAdopt } from '../../plan/adopting/to-adopt.ts';
import {
  filesWritten,
  uncommittedEdit,
  workspaceValues,
} from '../../plan/adopting/uncommitted-edit.ts';
import type { DeclaredItem } from '../../plan/drift/declared-items.ts';
import { addressOf } from '../../plan/drift/named-items.ts';
import type { ItemInFile } from '../../plan/drift/named-items.ts';
import { compareHost } from '../drift/compare-host.ts';
import type { Session } from '../session.ts';
import { loadWorkspace, resolveForHost } from '../workspace/load-workspace.ts';
import type { LoadedWorkspace } from '../workspace/load-workspace.ts';
import type { AdoptedItem, AdoptResult } from './results.ts';
import { shownChanges } from './shown-changes.ts';
import { uncommittedAmong } from './uncommitted-files.ts';
import { workspaceChanges } from './workspace-changes.ts';
import { requireRecord } from '../state/lost-record.ts';
import { writeWorkspaceFiles } from './write-workspace-files.ts';

export interface AdoptOptions {
  readonly vars: Variables;
  /** Addresses as `blame` takes them; none: everything that drifted. */
  readonly names: readonly string[];
  readonly dryRun: boolean;
}

/**
 * Writes live values of drifted items into the plan files and sources of the workspace. Takes no lock; host and record stay as they
 * are. Throws SetpointError 64 (no workspace, an unknown item), 65 (an item that cannot be adopted: nothing is written), 6 (a file
 * changed meanwhile, git fails, a lost record), 1 (it cannot be written).
 */
export async function adoptDrift(session: Session, options: AdoptOptions): Promise<AdoptResult> {
  const workspace = await loadWorkspace(session.options.cwd);
  const plans = resolveForHost(workspace, session.hostName, options.vars);
  const { config } = workspace;
  await requireRecord(session);
  const compared = await compareHost(session, { config, plans, warnings: [] });
  const chosen = valueOf(chooseItems(compared.files, options.names, config.name), EXIT.usage);
  const rules = recordRules({ workspace: config.name, ...compared, plans: plans.plans });
  const { declared } = compared;
  const adoption = await adopted(session, options, { workspace, rules, declared, chosen });
  const changes = workspaceChanges(workspace, adoption);
  const written = !options.dryRun && changes.length > 0;
  const files = await shownChanges(changes, privatePlans(rules));
  if (written) await writeWorkspaceFiles(workspace.dir, changes);
  return {
    host: session.hostName,
    workspace: config.name,
    items: chosen.flatMap(toldItem),
    files,
    written,
    pending: compared.files.flatMap(({ items }) => items.filter(isAdopted)).length,
    warnings: [
      ...adoption.warnings,
      ...(options.names.length === 0
        ? [...ofOthers(compared.files, workspace), ...metadataLeft(compared.files)]
        : []),
    ],
  };
}

interface Chosen {
  readonly workspace: LoadedWorkspace;
  readonly rules: RecordRules;
  readonly declared: readonly DeclaredItem[];
  readonly chosen: readonly ItemInFile[];
}

async function adopted(
  session: Session,
  { vars }: AdoptOptions,
  { workspace, rules, declared, chosen }: Chosen,
): Promise<Adoption> {
  const { config, documents, readSource, dir } = workspace;
  const { observed, plans } = rules;
  const values = workspaceValues(plans, declared);
  const paths = chosen.flatMap(({ file, item }) =>
    filesWritten({ path: file.path, ...item }, values).map(({ path }) => path),
  );
  const dirty = await uncommittedAmong(session, dir, paths);
  const refused = (one: ItemInFile) =>
    privateContent(one, rules) ?? uncommittedEdit(one, values, dirty);
  const result = planAdoption({
    ...toAdopt(chosen, config.name, observed, refused),
    addressOf: (item) => addressOf(item.path, item.label),
    documents,
    plans,
    declared,
    observed,
    kindOf,
    context: {
      host: session.hostName,
      vars,
      defaults: config.gates,
      cis: config.cis,
      catalogue: config.catalogue,
      readSource,
    },
    hosts: config.hosts,
    identityOf: (path) => realPathOr(path, join(dir, path)),
  });
  return valueOf(result, EXIT.invalidPlan);
}

function realPathOr(path: WorkspacePath, file: string): string {
  try {
    return realpathSync.native(file);
  } catch {
    return path;
  }
}

function valueOf<T>(result: Result<T>, exitCode: ExitCode): T {
  if (!result.ok) throw new SetpointError(exitCode, result.diagnostics);
  return result.value;
}

function toldItem({ file, item }: ItemInFile): readonly AdoptedItem[] {
  const { key, label, owner, desired, live } = item;
  if (owner === undefined || desired === undefined || live === undefined) return [];
  const { plan, resource } = owner;
  return [{ path: file.path, key, label, plan, resource, desiredBefore: desired, live }];
}

/** What drifted and belongs to other workspaces is not adopted here. */
function ofOthers(files: readonly DriftFile[], { config }: LoadedWorkspace): readonly Diagnostic[] {
  const names = files
    .flatMap(({ items }) => items.filter(isDrift))
    .flatMap(({ owner }) => owner?.workspace ?? [])
    .filter((name) => name !== config.name);
  return [...new Set(names)].sort().map((name) => ({
    code: 'SP3083',
    severity: 'warning',
    message: `items of workspace ${name} drifted, too`,
    help: 'adopt them there',
  }));
}

/** Nothing left to adopt is not nothing that drifted. */
function metadataLeft(files: readonly DriftFile[]): readonly Diagnostic[] {
  const left = files.filter(({ items }) =>
    items.some((item) => isDrift(item) && item.state === 'metadata'),
  );
  const [first] = left;
  if (first === undefined) return [];
  const more = left.length > 1 ? ` and ${String(left.length - 1)} more` : '';
  const message = `mode or owner of ${first.path}${more} drifted, which no plan declares`;
  return [{ code: 'SP3083', severity: 'warning', message, help: 'see setpoint drift' }];
}
