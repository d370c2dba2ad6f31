import { describe, expect, it } from 'vitest';

import { planView } from '../../../../src/cli/views/plan-view.ts';
import type { PlanViewOptions } from '../../../../src/cli/views/plan-view.ts';
import type { ItemChange } from '../../../../src/model/item.ts';
import type { PlanPart } from '../../../../src/model/change-set.ts';
import { changeSet, file, item, part, planResult } from '../fixture.ts';

const OPTIONS: PlanViewOptions = {
  color: false,
  width: Number.POSITIVE_INFINITY,
  verbose: false,
  diff: false,
  compact: false,
  next: null,
};

function viewOf(items: readonly ItemChange[], more: Partial<PlanPart> = {}): string {
  const set = changeSet([part('old', { operation: 'release', items, ...more })]);
  return planView(planResult(set), OPTIONS);
}

function element(
  live: string | null,
  desired: string | null,
  action: 'add' | 'release',
): ItemChange {
  const key = 'flags/kube-apiserver/list/y' as never;
  return item(action, '--list[y]', live, desired, { key });
}

describe('a release says what comes back', () => {
  it.each([
    ['another value', item('release', '--alpha', '5', '1'), '~ --alpha: 5 → 1  (given back)'],
    ['nothing', item('release', '--a', 'new', null), '- --a: new  (given back: was absent)'],
    ['what was removed', item('release', '--a', null, 'old'), '+ --a: old  (given back)'],
    ['an element', element(null, 'present', 'release'), '+ --list: y  (given back)'],
    ['no element', element('present', null, 'release'), '- --list: y  (given back: was absent)'],
  ])('%s', (_, change, line) => {
    expect(viewOf([change]).split('\n')).toContain(`    ${line}`);
    expect(viewOf([change])).toContain('Destructive:\n  plan old is gone: gives 1 item back');
  });

  it('adds an element of a list by its name', () => {
    expect(viewOf([element(null, 'present', 'add')])).toContain('    + --list: y\n');
  });

  it('shows an entry of a map by its value, whatever the value', () => {
    const key = 'flags/kube-apiserver/gates/A=' as never;
    expect(viewOf([item('add', '--gates[A]', null, 'present', { key })])).toContain(
      '+ --gates[A]: present',
    );
  });

  it('that changes nothing is not destructive and only lets go', () => {
    const text = viewOf([item('release', '--alpha', '5', '5')]);
    expect(text).toContain('= --alpha: 5  (no longer owned; nothing changes)');
    expect(text).not.toContain('Destructive');
    expect(text).toContain('0 to adopt, 1 to let go in 1 file');
  });

  it('deletes a file that did not exist before, and says so', () => {
    const path = '/etc/app/conf' as never;
    const items = [item('release', 'content', 'x', null, { path, key: 'content' as never })];
    const text = viewOf(items, { files: [file('/etc/app/conf', { after: null })] });
    expect(text).toContain('\n  - /etc/app/conf  (deleted: did not exist before)\n');
    expect(text).toContain('  deletes /etc/app/conf (plan old)');
  });

  it('without anything to give back drops its record', () => {
    expect(viewOf([])).toContain('old  plans/old.yaml  (release)\n  drops its record\n');
  });
});

describe('ten thousand files', () => {
  it('are looked at a few times each, not once for every other', () => {
    const paths = Array.from({ length: 10_000 }, (_, index) => `/etc/many/${index}`);
    let reads = 0;
    const counted = <T extends { readonly path: string }>(value: T): T =>
      new Proxy(value, {
        get(target, name, receiver): unknown {
          if (name === 'path') reads += 1;
          return Reflect.get(target, name, receiver);
        },
      });
    const items = paths.map((path) =>
      counted(item('add', 'content', null, 'x', { path: path as never, key: 'content' as never })),
    );
    const files = paths.map((path) => counted(file(path, { before: null })));
    const steps = paths.map((path) =>
      counted({ path: path as never, gates: [], onChange: [], audits: [] }),
    );
    const text = planView(planResult(changeSet([part('many', { items, files, steps })])), OPTIONS);
    expect(text.split('\n').length).toBeGreaterThan(20_000);
    expect(reads).toBeLessThan(10 * paths.length);
  });
});
