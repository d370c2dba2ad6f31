import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Result } from '../../../../src/diagnostics/diagnostic.ts';
import type { ItemEdit } from '../../../../src/kinds/kind.ts';
import { kindOf } from '../../../../src/kinds/registry.ts';
import { watchedDirectory } from '../../../../src/kinds/watched.ts';
import type { HostPath, ItemKey } from '../../../../src/model/brand.ts';
import { ABSENT } from '../../../../src/model/file-image.ts';
import type { FileImage } from '../../../../src/model/file-image.ts';
import type { FileSpec } from '../../../../src/model/plan-file.ts';

const PATH = '/etc/app.conf' as HostPath;
const KEYS = ['content', 'mode'] as ItemKey[];
const kind = kindOf('file');
const bytes = (text: string) => new TextEncoder().encode(text);
const sha = (text: string) => createHash('sha256').update(text).digest('hex');
const image = (text: string, mode = 0o600): FileImage => ({
  exists: true,
  bytes: bytes(text),
  mode,
});

function good<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.diagnostics[0]?.message);
  return result.value;
}

function spec(content: string | null, mode: number | null = null): FileSpec {
  return {
    kind: 'file',
    path: PATH,
    content: content === null ? null : bytes(content),
    mode,
    source: null,
  };
}

function apply(from: FileImage, wanted: FileSpec) {
  const items = good(kind.desired(wanted, from, PATH));
  const live = good(
    kind.observe(
      from,
      items.map((item) => item.key),
      PATH,
    ),
  );
  const to = good(
    kind.edit(
      from,
      items.map((item): ItemEdit => ({ op: 'set', item })),
      PATH,
    ),
  ).image;
  const back = [...live].map(([key, item]): ItemEdit => ({
    op: 'restore',
    key,
    before: item.before,
    original: from,
  }));
  return { to, back: back.toReversed() };
}

describe('kind file', () => {
  it('wants content and, when declared, a mode', () => {
    expect(
      good(kind.desired(spec('x', 0o600), ABSENT, PATH)).map((item) => [item.key, item.value]),
    ).toEqual([
      ['content', sha('x')],
      ['mode', '0600'],
    ]);
    expect(good(kind.desired(spec('x'), ABSENT, PATH))).toHaveLength(1);
    expect(good(kind.desired(spec(null, 0o600), ABSENT, PATH))).toMatchObject([
      { key: 'content', value: null },
    ]);
  });

  const rows: readonly [string, FileImage, FileSpec, FileImage][] = [
    ['creates with 0644', ABSENT, spec('new'), image('new', 0o644)],
    ['creates with the mode', ABSENT, spec('new', 0o4750), image('new', 0o4750)],
    ['keeps the mode', image('old', 0o640), spec('new'), image('new', 0o640)],
    ['changes the mode only', image('same'), spec('same', 0o644), image('same', 0o644)],
    ['deletes', image('old'), spec(null), ABSENT],
    ['writes an empty file', image('old'), spec(''), image('')],
  ];

  it.each(rows)('%s, and gives everything back on release', (_name, from, wanted, to) => {
    const step = apply(from, wanted);
    expect(step.to).toEqual(to);
    expect(good(kind.edit(step.to, step.back, PATH)).image).toEqual(from);
    expect(good(kind.edit(step.to, step.back.toReversed(), PATH)).image).toEqual(from);
  });

  it('changes nothing when all is right', () => {
    const same = image('x');
    expect(apply(same, spec('x', 0o600)).to).toBe(same);
    expect(good(kind.observe(ABSENT, KEYS, PATH)).get(KEYS[1]!)?.value).toBeNull();
  });

  it('never writes bytes other than the recorded ones', () => {
    const before = { version: 1, value: sha('old') };
    for (const original of [null, ABSENT, image('other')]) {
      const edit: ItemEdit = { op: 'restore', key: KEYS[0]!, before, original };
      expect(kind.edit(image('new'), [edit], PATH)).toMatchObject({
        ok: false,
        diagnostics: [{ code: 'SP2031' }],
      });
    }
    const item = { key: KEYS[0]!, value: sha('a'), label: 'content', bytes: bytes('b') };
    expect(kind.edit(ABSENT, [{ op: 'set', item }], PATH)).toMatchObject({
      diagnostics: [{ code: 'SP2031' }],
    });
  });

  it('refuses modes and records that make no sense', () => {
    expect(kind.desired(spec('x', 0o10000), ABSENT, PATH)).toMatchObject({
      diagnostics: [{ code: 'SP2030' }],
    });
    const item = { key: KEYS[1]!, value: '999', label: 'mode' };
    expect(kind.edit(image('x'), [{ op: 'set', item }], PATH)).toMatchObject({
      diagnostics: [{ code: 'SP2030' }],
    });
    const edit: ItemEdit = { op: 'restore', key: KEYS[0]!, before: {}, original: null };
    expect(kind.edit(image('x'), [edit], PATH)).toMatchObject({
      diagnostics: [{ code: 'SP2024' }],
    });
    expect(kind.observe(image('x'), ['flags/a/b' as ItemKey], PATH).ok).toBe(false);
  });

  it('implies no gates and knows no restart', () => {
    expect(kind.derivedGates(spec('x'), ABSENT, ABSENT, PATH)).toEqual([]);
    expect(kind.restart(ABSENT, image('x'))).toBe('not-applicable');
  });
});

describe('directories that are watched', () => {
  it.each([
    '/etc/kubernetes/manifests/etcd.yaml',
    '/var/lib/rancher/rke2/agent/pod-manifests/etcd.yaml',
    '/etc/cron.d/backup',
    '/etc/cron.daily/logrotate',
    '/etc/sudoers.d/admins',
    '/etc/systemd/system/kubelet.service.d/10-kubeadm.conf',
    '/usr/lib/systemd/system/x.service',
  ])('%s is in one', (path) => expect(watchedDirectory(path as HostPath)).toBe(true));

  it.each([
    '/etc/kubernetes/audit/policy.yaml',
    '/etc/crontab',
    '/etc/kubernetes/manifests.d/x',
    '/etc/sudoers',
    '/x',
  ])('%s is not', (path) => expect(watchedDirectory(path as HostPath)).toBe(false));
});
