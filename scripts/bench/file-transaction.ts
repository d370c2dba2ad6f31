import { installFiles, syncInstalled } from '../../src/apply/files/install.ts';
import { readLive } from '../../src/apply/files/live-file.ts';
import { planStaging, type StagePlan } from '../../src/apply/files/stage-directories.ts';
import { discardStage, stageFiles } from '../../src/apply/files/stage.ts';
import { removeJournal, writeJournal } from '../../src/apply/journal/journal-file.ts';
import { NO_TREES, type RunHeader } from '../../src/apply/journal/journal.ts';
import { systemClock } from '../../src/host/clock.ts';
import { readMounts } from '../../src/host/mounts.ts';
import { newRunId } from '../../src/host/run-id.ts';
import type {
  Digest,
  HostName,
  PlanName,
  WorkspaceName,
  WorkspacePath,
} from '../../src/model/brand.ts';
import { sha256 } from '../../src/model/canonical-json.ts';
import type { FileState } from '../../src/model/file-image.ts';
import type { BenchFile, BenchFiles } from './bench-files.ts';

/** One transaction in two parts, by the functions of the run. */
export interface FileTransaction {
  /** Where everything is to be staged, and the durable record of that: until then nothing is made beside the files. */
  recordIntent(): Promise<void>;
  /** Staging, the committed record, installation and the sync of the installed names. */
  replaceFiles(): Promise<void>;
  /** Takes old inodes, stage and journal away, as after the decision. */
  close(): Promise<void>;
}

/** Replaces all files with `content`. What planning knows of them is read here. */
export function newTransaction(bench: BenchFiles, content: Uint8Array): FileTransaction {
  const { files, root, stateDir } = bench;
  const journals = { stateDir, root: { dir: root } };
  const header = headerOf();
  const record = { toolVersion: 'bench', header };
  const before = files.map(observe);
  let plan: StagePlan = NO_PLAN;
  return {
    async recordIntent() {
      const targets = files.map(({ realPath }) => realPath);
      const place = { watched: new Set<string>(), root, mounts: readMounts() };
      plan = planStaging({ run: header.run, targets, ...place });
      await writeJournal(journals, { ...record, phase: 'staging', intent: plan.intent });
    },
    async replaceFiles() {
      const { directories, intent } = plan;
      const staged = await stageFiles(
        files.map((file, i) => toStage(file, before[i], directories, content)),
        intent,
      );
      await writeJournal(journals, { ...record, ...NO_GATES, intent, files: staged });
      await installFiles(staged);
      await syncInstalled(staged);
    },
    async close() {
      await discardStage(plan.intent, false);
      await removeJournal(stateDir, header.run);
    },
  };
}

const NO_PLAN: StagePlan = {
  directories: new Map(),
  intent: { stageDirectories: [], createdDirectories: [] },
};

/** What the committed record says beside the files: nothing. */
const NO_GATES = {
  phase: 'committed',
  steps: [],
  gates: [],
  before: [],
  processes: { processes: [] },
  trees: NO_TREES,
  failure: null,
} as const;

function observe({ realPath }: BenchFile): FileState {
  const live = readLive(realPath);
  if (live.kind !== 'file') throw new Error(`${realPath} is gone`);
  return live.state;
}

function toStage(
  { path, realPath }: BenchFile,
  before: FileState | undefined,
  directories: StagePlan['directories'],
  bytes: Uint8Array,
): Parameters<typeof stageFiles>[0][number] {
  const stageDirectory = directories.get(realPath);
  if (before === undefined || stageDirectory === undefined) {
    throw new Error(`${path} was not planned`);
  }
  const { mode } = before;
  const after = { sha256: sha256(bytes), size: bytes.length, mode };
  const change = { path, before, after };
  return { change, realPath, stageDirectory, after: { exists: true, bytes, mode } };
}

function headerOf(): RunHeader {
  return {
    run: newRunId(systemClock),
    plan: 'bench' as PlanName,
    file: 'plans/bench.yaml' as WorkspacePath,
    workspace: 'bench' as WorkspaceName,
    host: 'bench' as HostName,
    operation: 'apply',
    changeSet: `sha256:${'0'.repeat(64)}` as Digest,
    planCommit: null,
    actor: 'bench',
    startedAt: systemClock.now().toISOString(),
    offline: false,
    overrides: [],
    changes: [],
  };
}
