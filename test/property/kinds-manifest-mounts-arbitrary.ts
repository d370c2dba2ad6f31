import fc from 'fast-check';
import type { MountWish } from '../unit/kinds/manifest/mounts/mounts-rig.ts';

interface Volume {
  readonly name: string;
  /** `null`: an empty directory. */
  readonly hostPath: string | null;
  readonly type: string | null;
}

interface Mount {
  readonly path: string;
  readonly name: string;
  readonly readOnly: boolean | null;
}

const HOST_PATHS = ['/var/log/a', '/etc/pki', '/srv/x', '/opt/y z'];
const PLACES = ['/a', '/b', '/c', '/deep/er'];
const TYPES = ['Directory', 'DirectoryOrCreate', ''] as const;

const volumes = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom('one', 'two', 'yes', '3'),
    hostPath: fc.option(fc.constantFrom(...HOST_PATHS), { freq: 4 }),
    type: fc.option(fc.constantFrom(...TYPES)),
  }),
  { selector: ({ name }) => name, maxLength: 3 },
);

/** Each path of the host at most once: of several a type could not be set. */
function distinct(list: readonly Volume[]): readonly Volume[] {
  const paths = list.map(({ hostPath }) => hostPath);
  return list.filter(({ hostPath }, at) => hostPath === null || paths.indexOf(hostPath) === at);
}

function mountsOf(list: readonly Volume[]): fc.Arbitrary<readonly Mount[]> {
  if (list.length === 0) return fc.constant([]);
  const mount = fc.record({
    path: fc.constantFrom('/kept', ...PLACES.map((place) => `${place}-other`)),
    name: fc.constantFrom(...list.map(({ name }) => name)),
    readOnly: fc.option(fc.boolean()),
  });
  return fc.uniqueArray(mount, { selector: ({ path }) => path, maxLength: 3 });
}

type Layout = 'block' | 'indented' | 'flow' | 'rows' | 'json';
type Tree = readonly (readonly [string, string | Tree])[];

const quote = (text: string): string => JSON.stringify(text);

function volumeTree({ name, hostPath, type }: Volume): Tree {
  if (hostPath === null)
    return [
      ['name', quote(name)],
      ['emptyDir', '{}'],
    ];
  const written: Tree = type === null ? [] : [['type', quote(type)]];
  return [
    ['hostPath', [['path', quote(hostPath)], ...written]],
    ['name', quote(name)],
  ];
}

function mountTree({ path, name, readOnly }: Mount): Tree {
  const written: Tree = readOnly === null ? [] : [['readOnly', String(readOnly)]];
  return [...written, ['name', quote(name)], ['mountPath', quote(path)]];
}

function flowText(tree: Tree, json: boolean): string {
  const members = tree.map(
    ([key, value]) =>
      `${json ? quote(key) : key}: ${typeof value === 'string' ? value : flowText(value, json)}`,
  );
  return `{${members.join(', ')}}`;
}

function blockLines(tree: Tree, indent: string): readonly string[] {
  return tree.flatMap(([key, value]) =>
    typeof value === 'string'
      ? [`${indent}${key}: ${value}`]
      : [`${indent}${key}:`, ...blockLines(value, `${indent}  `)],
  );
}

/** A key with its list as lines; none for an empty list that is not written at all. */
function listLines(
  key: string,
  trees: readonly Tree[],
  layout: Layout,
  indent: string,
  comment: string,
): readonly string[] {
  if (layout === 'flow' || trees.length === 0) {
    return [
      `${indent}${key}: [${trees.map((tree) => flowText(tree, false)).join(', ')}]${comment}`,
    ];
  }
  if (layout === 'rows') {
    const rows = trees.map((tree) => `${indent}    ${flowText(tree, false)}`);
    return [`${indent}${key}: [`, ...rows.join(',\n').split('\n'), `${indent}  ]`];
  }
  const dash = layout === 'indented' ? `${indent}  ` : indent;
  const entries = trees.flatMap((tree) => {
    const [first = '', ...rest] = blockLines(tree, `${dash}  `);
    return [
      `${dash}- ${first.trimStart()}${comment}`,
      ...rest,
      ...(comment === '' ? [] : [`${dash}#${comment}`]),
    ];
  });
  return [`${indent}${key}:`, ...entries];
}

interface Shape {
  readonly layout: Layout;
  readonly crlf: boolean;
  readonly openEnd: boolean;
  readonly listsFirst: boolean;
  readonly written: boolean;
  readonly comment: string;
}

function yamlText(list: readonly Volume[], mounts: readonly Mount[], shape: Shape): string {
  const { layout, comment } = shape;
  const volumeLines =
    list.length === 0 && !shape.written
      ? []
      : listLines('volumes', list.map(volumeTree), layout, '  ', comment);
  const mountLines =
    mounts.length === 0 && !shape.written
      ? []
      : listLines('volumeMounts', mounts.map(mountTree), layout, '    ', comment);
  const command = ['    command:', '    - component', '    - --kept=1   # stays'];
  const container = shape.listsFirst ? [...mountLines, ...command] : [...command, ...mountLines];
  const containers = ['  containers:', '  - name: x', ...container, '  # between'];
  const spec = shape.listsFirst ? [...volumeLines, ...containers] : [...containers, ...volumeLines];
  const tail = shape.listsFirst ? ['  hostNetwork: true'] : [];
  const lines = ['apiVersion: v1', 'kind: Pod', 'metadata: {name: x}', 'spec:', ...spec, ...tail];
  const text = lines.join('\n') + (shape.openEnd ? '' : '\n');
  return shape.crlf ? text.replaceAll('\n', '\r\n') : text;
}

function jsonText(list: readonly Volume[], mounts: readonly Mount[], shape: Shape): string {
  const volume = ({ name, hostPath: path, type }: Volume) =>
    path === null
      ? { name, emptyDir: {} }
      : { name, hostPath: { path, ...(type === null ? {} : { type }) } };
  const mount = ({ path: mountPath, name, readOnly }: Mount) => ({
    mountPath,
    name,
    ...(readOnly === null ? {} : { readOnly }),
  });
  const isWritten = (all: readonly unknown[]): boolean => shape.written || all.length > 0;
  const container = {
    name: 'x',
    command: ['component', '--kept=1'],
    ...(isWritten(mounts) ? { volumeMounts: mounts.map(mount) } : {}),
  };
  const spec = {
    containers: [container],
    ...(isWritten(list) ? { volumes: list.map(volume) } : {}),
  };
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x' }, spec };
  const text = JSON.stringify(pod, null, shape.listsFirst ? 2 : undefined);
  return shape.crlf ? text.replaceAll('\n', '\r\n') : text;
}

const shape: fc.Arbitrary<Shape> = fc.record({
  layout: fc.constantFrom('block', 'block', 'indented', 'flow', 'rows', 'json'),
  crlf: fc.boolean(),
  openEnd: fc.boolean(),
  listsFirst: fc.boolean(),
  written: fc.boolean(),
  comment: fc.constantFrom('', '', '   # note: "x"'),
});

/** Manifests with volumes and mounts in every layout that may be edited; places that plans declare are free. */
export const podText: fc.Arbitrary<string> = fc
  .tuple(shape, volumes.map(distinct))
  .chain(([form, list]) =>
    mountsOf(list).map((mounts) =>
      form.layout === 'json' ? jsonText(list, mounts, form) : yamlText(list, mounts, form),
    ),
  );

/** Mounts of a resource: paths of the host that the manifest may have, and new ones; one type a path. */
export function wishes(places: readonly string[]): fc.Arbitrary<readonly MountWish[]> {
  return fc
    .tuple(
      fc.uniqueArray(fc.constantFrom(...places), { minLength: 1 }),
      fc.tuple(...HOST_PATHS.map(() => fc.option(fc.constantFrom(...TYPES)))),
      fc.infiniteStream(fc.nat(HOST_PATHS.length - 1)),
      fc.infiniteStream(fc.constantFrom(true, false, null)),
    )
    .map(([paths, types, which, flags]) =>
      paths.map((path): MountWish => {
        const at = which.next().value as number;
        const readOnly = flags.next().value as boolean | null;
        return {
          path,
          hostPath: HOST_PATHS[at] ?? '/',
          type: types[at] ?? null,
          ...(readOnly === null ? {} : { readOnly }),
        };
      }),
    );
}

export const FIRST_PLACES = PLACES.slice(0, 2);
export const SECOND_PLACES = PLACES.slice(2);
