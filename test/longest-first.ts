import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Files that take long for their size, by which vitest guesses where nothing was measured yet. Begun last, they would keep one
 * core busy while the others have nothing left to do.
 */
const LONG = [
  'test/scenario/git-table.long.test.ts',
  'test/scenario/whole-way.long.test.ts',
  'test/scenario/cis-plans.long.test.ts',
  'test/scenario/guide.long.test.ts',
  'test/scenario/interruption.long.test.ts',
  'test/property/manifest-sequences.long.test.ts',
  'test/property/host-sequences.long.test.ts',
  'test/property/apply/take-out-items.long.test.ts',
  'test/property/kinds-manifest.test.ts',
  'test/property/kinds-manifest-mounts.test.ts',
  'test/property/manifest-companions.test.ts',
  'test/unit/apply/settle-by-hand.long.test.ts',
  'test/unit/apply/settle-damaged.test.ts',
  'test/unit/apply/moved-stages.test.ts',
  'test/unit/git/objects/pack-together.test.ts',
  'test/unit/git/workspace/submodules.test.ts',
];

/** Vitest's order, with long files first among those of their project: workers keep what the files of one project load. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const projects = [...new Set(sorted.map(({ project }) => project.name))];
    return projects.flatMap((name) => {
      const own = sorted.filter(({ project }) => project.name === name);
      return [...own.filter(isLong), ...own.filter((file) => !isLong(file))];
    });
  }
}

function isLong({ moduleId }: TestSpecification): boolean {
  return LONG.some((path) => moduleId.endsWith(`/${path}`));
}
