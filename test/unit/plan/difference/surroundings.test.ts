import { describe, expect, it } from 'vitest';
import { kindOf } from '../../../../src/kinds/registry.ts';
import type { Looked, Present } from '../../../../src/kinds/surroundings.ts';
import type { HostPath, PlanName } from '../../../../src/model/brand.ts';
import { ABSENT } from '../../../../src/model/file-image.ts';
import type { FileImage } from '../../../../src/model/file-image.ts';
import { indexDeclarations } from '../../../../src/plan/difference/declarations.ts';
import type { FileDifference } from '../../../../src/plan/difference/plan-file-change.ts';
import type { PlannerInput } from '../../../../src/plan/difference/planner-input.ts';
import { surroundingsOf } from '../../../../src/plan/difference/surroundings.ts';
import type { World, WorldFile } from '../../../../src/plan/difference/world.ts';

const SOME: FileImage = { exists: true, bytes: new Uint8Array(), mode: 0o600 };

function fileAt(path: string, image: FileImage): WorldFile {
  const at = path as HostPath;
  return { path: at, declared: at, linkText: null, image, state: null };
}

interface Case {
  readonly looked?: Readonly<Record<string, Looked>>;
  readonly world?: readonly WorldFile[];
  readonly earlier?: readonly WorldFile[];
}

/** What is at a path when the host was looked at, files are managed, and earlier resources leave theirs. */
function present(path: string, { looked = {}, world = [], earlier = [] }: Case): Present {
  const input = {
    looked: new Map(Object.entries(looked) as [HostPath, Looked][]),
  } as Partial<PlannerInput> as PlannerInput;
  const files = new Map(world.map((file) => [file.path, file]));
  const before = earlier.map(
    (file) => ({ file, after: file.image }) as Partial<FileDifference> as FileDifference,
  );
  const surroundings = surroundingsOf(input, { files } as Partial<World> as World, before, {
    plan: 'p' as PlanName,
    path: '/a/manifest' as HostPath,
    declarations: indexDeclarations([], kindOf),
  });
  return surroundings.at(path as HostPath);
}

function seen(at: Present, path = '/a/f'): Readonly<Record<string, Looked>> {
  return { '/a/f': { path: path as HostPath, present: at } };
}

describe('what is around a file that is to be written', () => {
  it.each<[string, string, Case, Present]>([
    ['what was looked at', '/a/f', { looked: seen('file') }, 'file'],
    ['what nobody looked at', '/a/f', {}, 'unknown'],
    [
      'a file that an earlier part has written',
      '/a/f',
      { looked: seen('absent'), world: [fileAt('/a/f', SOME)] },
      'file',
    ],
    [
      'a file that an earlier resource writes',
      '/a/f',
      { looked: seen('absent'), earlier: [fileAt('/a/f', SOME)] },
      'file',
    ],
    [
      'a file that an earlier resource removes',
      '/a/f',
      { looked: seen('file'), world: [fileAt('/a/f', SOME)], earlier: [fileAt('/a/f', ABSENT)] },
      'absent',
    ],
    ['the directory of such a file', '/a', { earlier: [fileAt('/a/f', SOME)] }, 'directory'],
    [
      'the directory of a file that is managed',
      '/a',
      { world: [fileAt('/a/b/f', SOME)] },
      'directory',
    ],
    ['a name that only begins like it', '/a', { world: [fileAt('/ab/f', SOME)] }, 'unknown'],
    [
      'a file behind a link',
      '/a/f',
      { looked: seen('absent', '/real/f'), world: [fileAt('/real/f', SOME)] },
      'file',
    ],
    [
      'a managed file that is gone',
      '/a/f',
      { looked: seen('unknown'), world: [fileAt('/a/f', ABSENT)] },
      'absent',
    ],
  ])('%s', (_name, path, facts, expected) => {
    expect(present(path, facts)).toBe(expected);
  });
});
