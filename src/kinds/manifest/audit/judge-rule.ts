import type { FlagDemand, FlagRule } from '../../../catalogue/cis/row.ts';
import { parseGoBoolean } from '../values/go-scalars.ts';
import { valueOf } from './flag-reading.ts';
import type { FlagReading, FlagValue } from './flag-reading.ts';

export type Standing = 'pass' | 'fail' | 'manual' | 'not-applicable';

export interface Judgement {
  readonly standing: Standing;
  /** One sentence without a full stop. */
  readonly reason: string;
}

type Given = Extract<FlagReading, { state: 'given' }>;

/** Whether a flag is what a row demands. Pure; every reading has an answer. */
export function judgeDemand(demand: FlagDemand, reading: FlagReading): Judgement {
  const { flag, rule } = demand;
  if (reading.state === 'unknown') return { standing: 'manual', reason: reading.why };
  if (reading.state === 'refused') {
    return { standing: 'fail', reason: `${reading.why}; the component does not start with it` };
  }
  if (reading.state === 'unset' || isEmpty(reading.value)) {
    return judgeUnset(flag, rule, reading.state === 'given');
  }
  return judgeGiven(demand, reading);
}

/** An empty text or list is what the component would have without the flag. */
function isEmpty(value: FlagValue): boolean {
  if (value.type === 'string') return value.is === '';
  if (value.type === 'files') return value.is.every((file) => file === '');
  return value.type === 'list' && value.is.length === 0;
}

function judgeUnset(flag: string, rule: FlagRule, empty: boolean): Judgement {
  const what = empty ? `--${flag} is empty` : `--${flag} is not given`;
  switch (rule.op) {
    case 'eq':
    case 'not-eq':
    case 'min':
    case 'lacks':
      return rule.unset === 'pass'
        ? { standing: 'pass', reason: `${what}, which is enough` }
        : { standing: 'fail', reason: what };
    case 'unset':
    case 'not-off':
      return { standing: 'pass', reason: what };
    case 'manual':
      return { standing: rule.unset, reason: rule.unset === 'manual' ? rule.why : what };
    case 'set':
    case 'has':
    case 'within':
      break;
  }
  return { standing: 'fail', reason: what };
}

function judgeGiven(demand: FlagDemand, reading: Given): Judgement {
  const { flag, rule } = demand;
  const { shown } = reading;
  const verdict = (good: boolean, wrong: string): Judgement =>
    good ? { standing: 'pass', reason: shown } : { standing: 'fail', reason: `${shown}: ${wrong}` };
  switch (rule.op) {
    case 'eq':
      return verdict(equals(demand, reading.value, rule.value), `not ${rule.value}`);
    case 'not-eq':
      return verdict(!equals(demand, reading.value, rule.value), `must not be ${rule.value}`);
    case 'min':
      return verdict(atLeast(demand, reading.value, rule.value), `less than ${rule.value}`);
    case 'set':
      return verdict(true, '');
    case 'unset':
      return verdict(false, 'must not be given');
    case 'has':
      return verdict(elements(reading.value).includes(rule.element), `without ${rule.element}`);
    case 'lacks':
      return verdict(!elements(reading.value).includes(rule.element), `has ${rule.element}`);
    case 'not-off':
      return verdict(!isOff(reading.value, rule.key), `turns ${rule.key} off`);
    case 'within': {
      const others = elements(reading.value).filter((one) => !rule.values.includes(one));
      return verdict(others.length === 0, `${others.join(', ')} not among those that are good`);
    }
    case 'manual':
      break;
  }
  return { standing: 'manual', reason: `--${flag} is given: ${rule.why}` };
}

function equals({ type }: FlagDemand, value: FlagValue, wanted: string): boolean {
  const other = valueOf(type, [wanted]);
  return other !== null && other.type === value.type && other.is === value.is;
}

function atLeast({ type }: FlagDemand, value: FlagValue, least: string): boolean {
  const other = valueOf(type, [least]);
  return typeof value.is === 'bigint' && typeof other?.is === 'bigint' && value.is >= other.is;
}

function elements(value: FlagValue): readonly string[] {
  return value.type === 'list' || value.type === 'files' ? value.is : [];
}

/** Gates that are named win over AllBeta. Source: component-base featuregate (setUnsetBetaGates); the gate is beta since 1.12. */
function isOff(value: FlagValue, key: string): boolean {
  if (value.type !== 'map') return false;
  return parseGoBoolean(value.is.get(key) ?? value.is.get('AllBeta') ?? 'true') !== true;
}
