import { describe, expect, it } from 'vitest';
import type { Result } from '../../../../src/diagnostics/diagnostic.ts';
import type { HostPath, ItemKey, WorkspaceName } from '../../../../src/model/brand.ts';
import type { DriftFile, DriftItem } from '../../../../src/model/drift.ts';
import type { ObservedFile } from '../../../../src/model/file-image.ts';
import { chooseItems } from '../../../../src/plan/adopting/choose-items.ts';
import { toAdopt } from '../../../../src/plan/adopting/to-adopt.ts';
import { addressOf } from '../../../../src/plan/drift/named-items.ts';
import type { ItemInFile } from '../../../../src/plan/drift/named-items.ts';

const HERE = 'prod' as WorkspaceName;

function item(label: string, given: Partial<DriftItem> = {}): DriftItem {
  const owner = { workspace: HERE, plan: 'p', resource: 'r' } as DriftItem['owner'];
  const values = { recorded: '1', live: '9', desired: '1' };
  return {
    key: label as ItemKey,
    label,
    state: 'drifted',
    ...values,
    ...(owner && { owner }),
    ...given,
  };
}

function file(path: string, ...items: readonly DriftItem[]): DriftFile {
  return { path: path as HostPath, kind: 'manifest', items, otherLines: false, problem: null };
}

const { owner: _none, ...OWNER_CHANGED } = item('owner', { state: 'metadata' });
const FILES = [
  file(
    '/a',
    item('--v'),
    item('--w', { state: 'in-sync', live: '1' }),
    item('--x', { state: 'both', desired: '5' }),
    item('--y', { ignored: { reason: 'ticket 7', until: null } }),
    OWNER_CHANGED,
  ),
  file(
    '/b',
    item('--gone', { state: 'vanished', live: null }),
    item('--theirs', { owner: { workspace: 'ops', plan: 'q', resource: 'r' } as never }),
    item('--undeclared', { state: 'both', undeclared: true }),
    item('--done', { state: 'pending', desired: '9' }),
  ),
];

function names(result: Result<readonly ItemInFile[]>): readonly string[] {
  if (!result.ok)
    return result.diagnostics.map(({ code, message, help }) => `${code} ${message}; ${help ?? ''}`);
  return result.value.map((one) => addressOf(one.file.path, one.item.label));
}

describe('what is adopted', () => {
  it('without a name: what drifted and plans of this workspace declare', () => {
    expect(names(chooseItems(FILES, [], HERE))).toEqual(['/a#v', '/a#x', '/b#gone']);
  });

  it.each([
    [['/a'], ['/a#v', '/a#x']],
    [['/a#--v', '/a#v'], ['/a#v']],
    [
      ['p/r/v', '/b#gone'],
      ['/a#v', '/b#gone'],
    ],
    [['/a#owner'], ['/a#owner']],
    [['/b#theirs'], ['/b#theirs']],
    [['/b#done'], []],
    [['/b'], ['/b#gone']],
    [['q/r'], ['/b#theirs']],
  ])('by name: %s', (given, expected) => {
    expect(names(chooseItems(FILES, given, HERE))).toEqual(expected);
  });

  it('a name that means nothing, or nothing that drifted, is told with what did', () => {
    const all = '/a#v, /a#x, /a#owner, /b#gone, /b#theirs, /b#undeclared';
    expect(names(chooseItems(FILES, ['/a#w', '/a#vv', '/a#y'], HERE))).toEqual([
      `SP3073 /a#w has not drifted; drifted: ${all}`,
      `SP3073 nothing that drifted is called /a#vv; did you mean "/a#v"? drifted: ${all}`,
      'SP3073 drift of /a#y is ignored: ticket 7; take the rule out of drift.ignore in setpoint.yaml first',
    ]);
    expect(names(chooseItems([], ['/a'], HERE))[0]).toContain('nothing drifted: setpoint drift');
  });
});

describe('what no plan file here can declare', () => {
  const gone = new Map([['/m' as HostPath, { content: { kind: 'absent' } } as ObservedFile]]);
  it.each([
    ['mode and owner', OWNER_CHANGED, 'owner of /m drifted (1 → 9), and no plan declares it'],
    ['items of other workspaces', FILES[1]?.items[1], '--theirs of /m belongs to workspace ops'],
    ['what no plan declares', FILES[1]?.items[2], 'no plan declares --undeclared of /m any more'],
    ['a manifest that is gone', FILES[1]?.items[0], '/m is gone as a whole'],
    ['a crontab that is gone', item('job:a', { live: null }), '/m is gone as a whole', 'crontab'],
  ] as const)('%s', (_title, one, message, kind: DriftFile['kind'] = 'manifest') => {
    if (one === undefined) throw new Error('no item');
    const { items, unfit } = toAdopt(
      [{ file: { ...file('/m', one), kind }, item: one }],
      HERE,
      gone,
    );
    expect(items).toEqual([]);
    expect(unfit.map((problem) => [problem.code, problem.message])).toEqual([['SP3083', message]]);
  });

  it('a mode: how it goes back, and how it stays', () => {
    const { owner: _nobody, ...mode } = item('mode', { state: 'metadata', live: '0604' });
    const wanted = item('mode', { state: 'pending', desired: '0640' });
    const { recorded: _never, live: _unseen, ...declared } = wanted;
    const told = (kind: 'file' | 'manifest', ...items: readonly DriftItem[]) => {
      const one = { file: { ...file('/m', mode, ...items), kind }, item: mode };
      return toAdopt([one], HERE, new Map()).unfit.map(({ help }) => help);
    };
    const back = "put it back: setpoint drift --restore '/m#mode'; or, if it is to stay, ";
    expect(told('file')).toEqual([`${back}write mode: "0604" in its resource`]);
    expect(told('manifest')).toEqual([`${back}accept it with drift.ignore in setpoint.yaml`]);
    expect(told('file', declared)).toEqual([
      'setpoint apply sets it; to keep 0604, write that there',
    ]);
  });

  it('a file of which only the mode drifted is told with its mode', () => {
    const { owner: _nobody, ...mode } = item('mode', { state: 'metadata' });
    const files = [file('/m', item('--v', { state: 'in-sync' }), mode)];
    expect(names(chooseItems(files, ['/m'], HERE))).toEqual(['/m#mode']);
    expect(names(chooseItems(files, ['p'], HERE))).toEqual(['/m#mode']);
  });

  it('a mount is changed by hand; a CronJob in a namespace that is called so is none', () => {
    const chosen = (
      [
        ['manifest', 'mounts/api/audit'],
        ['cronjob', 'mounts/api:suspend'],
      ] as const
    ).map(([kind, label]) => ({ file: { ...file('/m'), kind }, item: item(label) }));
    const { items, unfit } = toAdopt(chosen, HERE, new Map());
    expect(items.map(({ label }) => label)).toEqual(['mounts/api:suspend']);
    expect(unfit.map(({ message, help }) => [message, help])).toEqual([
      [
        'mounts/api/audit of /m is a mount: those are not written into plan files',
        "put it back: setpoint drift --restore '/m#mounts/api/audit'; or change `mounts:` in its resource by hand",
      ],
    ]);
  });

  it('what cannot be read, and what no plan file here tells', () => {
    const { live: _live, ...unread } = item('--v');
    const { desired: _desired, ...untold } = item('--w');
    const here = { ...file('/m'), problem: 'it is a directory' };
    const chosen = [unread, untold].map((one) => ({ file: here, item: one }));
    expect(toAdopt(chosen, HERE, new Map()).unfit.map(({ message }) => message)).toEqual([
      'what --v of /m is on the host cannot be told: it is a directory',
      'what plan p wants of --w of /m is not known here',
    ]);
  });
});
