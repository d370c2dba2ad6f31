import { basename, join } from 'node:path';

import type { Code } from '../diagnostics/codes/index.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { SetpointError } from '../diagnostics/setpoint-error.ts';
import { writeDurably } from '../host/durable.ts';
import { makeDirectoryDurably } from '../host/make-directory.ts';
import { inspectManifest } from '../kinds/manifest/inspect.ts';
import type { InspectedFlag, InspectedManifest } from '../kinds/manifest/inspect.ts';
import type { HostPath, PlanName, RealPath } from '../model/brand.ts';
import { EXIT } from '../model/outcome.ts';
import { isWellFormed } from '../model/well-formed.ts';
import { composePlan, SCHEMA_FILE } from './importing/compose-plan.ts';
import type { ImportResult } from './results.ts';
import type { Session } from './session.ts';
import { exists, findWorkspace } from './workspace/find-workspace.ts';

export interface ImportOptions {
  /** Host path of a live manifest. */
  readonly path: string;
  /** Plan name; default from the file name. */
  readonly name: string | null;
  /** Only print, write nothing. */
  readonly stdout: boolean;
  readonly container: string | null;
}

/**
 * Writes `plans/<name>.yaml` that declares every flag the manifest has now: applying it adopts them and changes nothing.
 * Flags that cannot be managed are left as comments. Never overwrites a file.
 * Throws SetpointError 64 (wrong path or name, file exists) and 65 (not a manifest setpoint can edit, or no flag in it).
 */
export async function importFile(session: Session, options: ImportOptions): Promise<ImportResult> {
  const path = options.path as HostPath;
  if (!path.startsWith('/')) {
    throw refusal(
      'SP9001',
      `${path} is not an absolute path of the host`,
      'name it as the host sees it, e.g. /etc/kubernetes/manifests/etcd.yaml',
    );
  }
  if (!isWellFormed(path)) {
    throw refusal('SP9001', `${JSON.stringify(path)} is not well-formed Unicode`);
  }
  const { content } = await session.host.root.observe(path);
  if (content.kind === 'absent')
    throw refusal(
      'SP9001',
      `${path} does not exist`,
      'see the names with: ls /etc/kubernetes/manifests',
    );
  if (content.kind === 'refused') throw refusal('SP3010', `${path}: ${content.reason}`);
  const image = { exists: true as const, bytes: content.bytes, mode: content.state.mode };
  const manifest = inspectManifest(image, options.container, path);
  if (!manifest.ok) {
    throw new SetpointError(EXIT.invalidPlan, manifest.diagnostics.map(asOption));
  }
  if (manifest.value.flags.length === 0) {
    throw new SetpointError(EXIT.invalidPlan, [nothingToDeclare(path, manifest.value)]);
  }
  const plan = planName(options.name ?? basename(path).replace(/\.[^.]*$/, ''));
  const withSchema = await hasSchema(session);
  const text = composePlan({ plan, path, manifest: manifest.value, withSchema });
  const file = `plans/${plan}.yaml`;
  if (!options.stdout) await writeNew(session, file, text);
  return { file, plan, items: manifest.value.flags.reduce(itemsSoFar, 0), text };
}

function itemsSoFar(sum: number, { parts }: InspectedFlag): number {
  if (parts === undefined) return sum + 1;
  return sum + ('include' in parts ? parts.include.length : Object.keys(parts.entries).length);
}

/** There is no plan file yet that could say `container:`. */
function asOption(problem: Diagnostic): Diagnostic {
  const { code, help } = problem;
  if (code !== 'SP2010' || help === undefined) return problem;
  return { ...problem, help: help.replace(' container: ', ' --container ') };
}

/** A plan file needs a flag at least, and setpoint invents none. */
function nothingToDeclare(
  path: HostPath,
  { container, unsupported }: InspectedManifest,
): Diagnostic {
  const left = unsupported.length === 0 ? '' : `: ${unsupported.join('; ')}`;
  return {
    code: 'SP2043',
    severity: 'error',
    message: `${path}: container ${container} has no flag that a plan could declare${left}`,
    help: 'write the plan file by hand, with the flags that are to be set; docs/reference/plan-file.md has its form',
  };
}

async function writeNew(session: Session, file: string, text: string): Promise<void> {
  const workspace = await findWorkspace(session.options.cwd);
  const target = join(workspace, file) as RealPath;
  if (await exists(target))
    throw refusal(
      'SP9001',
      `${file} exists already`,
      'choose another --name, or print with --stdout and merge',
    );
  await makeDirectoryDurably(join(workspace, 'plans'), 0o755);
  await writeDurably(target, Buffer.from(text, 'utf8'), 0o644);
}

/** Whether the workspace holds the schema; printing needs no workspace. */
async function hasSchema(session: Session): Promise<boolean> {
  const workspace = await findWorkspace(session.options.cwd).catch(() => null);
  return workspace !== null && exists(join(workspace, SCHEMA_FILE));
}

function planName(name: string): PlanName {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  if (plain === '')
    throw refusal('SP9001', `no plan name can be made from ${name}`, 'give one with --name');
  return plain.slice(0, 63) as PlanName;
}

function refusal(code: Code, message: string, help?: string): SetpointError {
  return new SetpointError(EXIT.usage, [
    { code, severity: 'error', message, ...(help === undefined ? {} : { help }) },
  ]);
}
