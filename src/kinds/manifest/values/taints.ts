import { isLabelValue, isQualifiedName } from './qualified-name.ts';

const EFFECTS: ReadonlySet<string> = new Set(['NoExecute', 'NoSchedule', 'PreferNoSchedule']);

/**
 * `KEY=VALUE:EFFECT` or `KEY:EFFECT` between commas, each key and effect once; one with a dash at its end takes a taint away, and needs no
 * effect. Rule: kubernetes/kubernetes pkg/util/taints taints.go (ParseTaints), pkg/util/flag (RegisterWithTaintsVar).
 */
export function isTaintList(text: string): boolean {
  const taints = text === '' ? [] : text.split(',');
  const added = taints.filter((taint) => !taint.endsWith('-'));
  const names = added.map((taint) => taint.replace(/=[^:]*/, ''));
  return (
    new Set(names).size === names.length &&
    added.every((taint) => taint.includes(':') && isTaint(taint)) &&
    taints.every((taint) => isTaint(taint.replace(/-$/, '')))
  );
}

function isTaint(text: string): boolean {
  const [what = '', effect, ...more] = text.split(':');
  if (effect === undefined) return isQualifiedName(what);
  const [key = '', value = '', ...rest] = what.split('=');
  return (
    more.length === 0 &&
    rest.length === 0 &&
    EFFECTS.has(effect) &&
    isQualifiedName(key) &&
    isLabelValue(value)
  );
}
