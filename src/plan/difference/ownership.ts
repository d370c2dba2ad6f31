import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { HostPath, ItemKey, WorkspaceName } from '../../model/brand.ts';
import type { RecordedState } from '../../model/recorded-state.ts';
import type { Declaration, Declarations } from './declarations.ts';

/**
 * Ownership rules: an item has one owner. Two declarations of one item, or of an item and a part of it, are an error; so is
 * declaring what another workspace owns on this host. Elements of list flags may be wanted by several plans when they agree.
 */
export function ownershipProblems(
  declarations: Declarations,
  recorded: RecordedState,
  workspace: WorkspaceName,
): readonly Diagnostic[] {
  return [
    ...declarationConflicts(declarations),
    ...changedKinds(declarations.all, recorded),
    ...foreignOwners(declarations.all, recorded, workspace),
  ];
}

/** Conflicts between declarations, whatever the host has. */
export function declarationConflicts(declarations: Declarations): readonly Diagnostic[] {
  return [
    ...duplicates(declarations),
    ...overlaps(declarations.all),
    ...mixedKinds(declarations.all),
    ...mixedMethods(declarations.byFile),
    ...filesAsDirectories(declarations.byFile),
  ];
}

function duplicates(declarations: Declarations): Diagnostic[] {
  const problems: Diagnostic[] = [];
  for (const [first, ...others] of declarations.byItem.values()) {
    if (first === undefined) continue;
    for (const other of others) {
      const agree = first.item.value === other.item.value && first.item.shareable === true;
      if (agree) continue;
      problems.push(conflict('SP3001', first, other, 'is declared twice'));
    }
  }
  return problems;
}

/** A file is written in one way: whoever says `in-place` relies on its inode. */
function mixedMethods(byFile: Declarations['byFile']): Diagnostic[] {
  return [...byFile.values()].flatMap(([first, ...others]) => {
    const other = others.find(({ write }) => write !== first?.write);
    if (first === undefined || other === undefined) return [];
    const both = `${address(first)} (${first.at.file}:${String(first.at.line)}) and ${address(other)}`;
    return [
      {
        code: 'SP6072' as const,
        severity: 'error' as const,
        message: `${other.path} is to be replaced and to be written in place: ${both} differ`,
        at: other.at,
        help: 'say the same `write` in both resources',
      },
    ];
  });
}

/** No path can be a file and the directory of another file. */
function filesAsDirectories(byFile: Declarations['byFile']): Diagnostic[] {
  return [...byFile].flatMap(([path, [below]]) => {
    const above = ancestors(path).flatMap((directory) => byFile.get(directory)?.slice(0, 1) ?? []);
    return above.flatMap((file): Diagnostic[] =>
      below === undefined ? [] : [fileAsDirectory(file, below)],
    );
  });
}

function fileAsDirectory(file: Declaration, below: Declaration): Diagnostic {
  const first = `${address(file)} (${file.at.file}:${String(file.at.line)})`;
  return {
    code: 'SP3004',
    severity: 'error',
    message: `${file.path} cannot be a file and the directory of ${below.path}: ${first} declares the file, ${address(below)} one below it`,
    at: below.at,
    help: 'give one of the two another path, or drop one of them',
  };
}

function ancestors(path: HostPath): readonly HostPath[] {
  const parts = path.split('/');
  return parts.slice(2).map((_, i) => parts.slice(0, i + 2).join('/') as HostPath);
}

/** `flags/etcd/x` and `flags/etcd/x/y`: one owns the whole, the other a part. */
function overlaps(all: readonly Declaration[]): Diagnostic[] {
  const whole = new Map<string, Declaration>();
  for (const declaration of all)
    whole.set(`${declaration.path}\0${declaration.item.key}`, declaration);
  const problems: Diagnostic[] = [];
  for (const declaration of all) {
    const parts = declaration.item.key.split('/');
    for (let length = 1; length < parts.length; length += 1) {
      const other = whole.get(`${declaration.path}\0${parts.slice(0, length).join('/')}`);
      if (other !== undefined) {
        problems.push(conflict('SP3001', other, declaration, 'is declared as a whole and in part'));
      }
    }
  }
  return problems;
}

function mixedKinds(all: readonly Declaration[]): Diagnostic[] {
  const kinds = new Map<HostPath, Declaration>();
  const reported = new Set<HostPath>();
  const problems: Diagnostic[] = [];
  for (const declaration of all) {
    const first = kinds.get(declaration.path) ?? declaration;
    kinds.set(declaration.path, first);
    if (first.kind === declaration.kind || reported.has(declaration.path)) continue;
    reported.add(declaration.path);
    problems.push({
      code: 'SP3003',
      severity: 'error',
      message: `${declaration.path} is declared as kind ${first.kind} by ${address(first)} and as kind ${declaration.kind} by ${address(declaration)}`,
      at: declaration.at,
      help: 'one file is managed by one kind: merge the two resources',
    });
  }
  return problems;
}

/** The release of the old items and the new kind's edit of the same file cannot be one change. */
function changedKinds(all: readonly Declaration[], recorded: RecordedState): Diagnostic[] {
  return all.flatMap((declaration): Diagnostic[] => {
    const known = recorded.files.get(declaration.path);
    if (known === undefined || known.kind === declaration.kind) return [];
    return [
      {
        code: 'SP3003',
        severity: 'error',
        message: `${declaration.path} is managed as kind ${known.kind} on this host and declared as kind ${declaration.kind} by ${address(declaration)}`,
        at: declaration.at,
        help: `do it in two commits: first apply without any declaration of the file, then declare it as kind ${declaration.kind}`,
      },
    ];
  });
}

function foreignOwners(
  all: readonly Declaration[],
  recorded: RecordedState,
  workspace: WorkspaceName,
): Diagnostic[] {
  const problems: Diagnostic[] = [];
  for (const declaration of all) {
    const items = recorded.files.get(declaration.path)?.items ?? {};
    for (const [key, item] of Object.entries(items) as [ItemKey, (typeof items)[ItemKey]][]) {
      if (item.owner.workspace === workspace || !overlapping(key, declaration.item.key)) continue;
      problems.push({
        code: 'SP3002',
        severity: 'error',
        message: `${declaration.item.label} in ${declaration.path} belongs to workspace ${item.owner.workspace} (plan ${item.owner.plan}) on this host`,
        at: declaration.at,
        help: `remove it from one of the workspaces; applying ${item.owner.workspace} without it releases it`,
      });
    }
  }
  return problems;
}

function overlapping(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}

function conflict(code: 'SP3001', a: Declaration, b: Declaration, what: string): Diagnostic {
  return {
    code,
    severity: 'error',
    message: `${b.item.label} in ${b.path} ${what}: by ${address(a)} (${a.at.file}:${a.at.line}) and by ${address(b)}`,
    at: b.at,
    help: 'an item has one owner: keep one of the two declarations',
  };
}

function address(declaration: Declaration): string {
  return `${declaration.plan}/${declaration.resource}`;
}
