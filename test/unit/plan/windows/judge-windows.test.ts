import { describe, expect, it } from 'vitest';
import type { ChangeWindow } from '../../../../src/model/plan-file.ts';
import { HOUR, judged, MINUTE, told, window } from './window.ts';

const NIGHTLY = window('nightly allow 0 22 * * 1-5 6h Europe/Berlin');
const FREEZE = window('freeze deny 0 0 24 12 * 240h Europe/Berlin');

describe('one plan at one time', () => {
  const rows: readonly [string, Parameters<typeof judged>, string][] = [
    ['no windows', [[], '2026-11-23T12:00Z'], 'open, until none'],
    [
      'before it opens, on a Monday in winter',
      [[NIGHTLY], '2026-11-23T20:59Z'],
      'outside nightly, next 2026-11-23T21:00Z by nightly',
    ],
    [
      'the instant it opens',
      [[NIGHTLY], '2026-11-23T21:00Z'],
      'open nightly, until 2026-11-24T03:00Z',
    ],
    ['after midnight', [[NIGHTLY], '2026-11-24T02:59Z'], 'open nightly, until 2026-11-24T03:00Z'],
    [
      'the instant it closes',
      [[NIGHTLY], '2026-11-24T03:00Z'],
      'outside nightly, next 2026-11-24T21:00Z by nightly',
    ],
    [
      'Saturday, after the one of Friday',
      [[NIGHTLY], '2026-11-28T04:00Z'],
      'outside nightly, next 2026-11-30T21:00Z by nightly',
    ],
    [
      'what it needs fits exactly',
      [[NIGHTLY], '2026-11-24T02:00Z', HOUR],
      'open nightly, until 2026-11-24T03:00Z',
    ],
    [
      'a minute too short',
      [[NIGHTLY], '2026-11-24T02:01Z', HOUR],
      'too-short nightly, until 2026-11-24T03:00Z, next 2026-11-24T21:00Z by nightly',
    ],
    [
      'no opening is ever long enough',
      [[NIGHTLY], '2026-11-24T02:00Z', 7 * HOUR],
      'too-short nightly, until 2026-11-24T03:00Z, next none',
    ],
    ['in summer', [[NIGHTLY], '2026-07-06T20:00Z'], 'open nightly, until 2026-07-07T02:00Z'],
    [
      'deny beats allow',
      [[NIGHTLY, FREEZE], '2026-12-24T22:00Z'],
      'denied freeze, next 2027-01-04T21:00Z by nightly',
    ],
    [
      'a freeze that begins within the opening',
      [[NIGHTLY, FREEZE], '2026-12-23T22:30Z', HOUR],
      'too-short nightly freeze, until 2026-12-23T23:00Z, next 2027-01-04T21:00Z by nightly',
    ],
    [
      'closed at any other time: it ends, and everything is free',
      [[FREEZE], '2026-12-31T00:00Z'],
      'denied freeze, next 2027-01-02T23:00Z',
    ],
    [
      'nothing but a freeze that is off',
      [[FREEZE], '2026-11-23T12:00Z'],
      'open, until 2026-12-23T23:00Z',
    ],
    [
      'openings that follow each other are one',
      [
        [window('a allow 0 1 * * * 1h UTC'), window('b allow 0 2 * * * 1h UTC')],
        '2026-11-23T01:30Z',
        HOUR,
      ],
      'open a, until 2026-11-23T03:00Z',
    ],
    [
      'longer than its period: each beginning prolongs it',
      [[window('long deny 0 0 * * 1 240h UTC')], '2026-11-23T11:30Z'],
      'denied long, next none',
    ],
    [
      'of two that are on the later end counts',
      [
        [window('long allow 0 0 1 * * 800h UTC'), window('short allow 0 0 23 11 * 1h UTC')],
        '2026-11-23T00:30Z',
        HOUR,
      ],
      'open long short, until none',
    ],
    [
      'a deny of its own length, begun twice before: the last beginning counts',
      [[window('deny deny 0 0,1 * * * 2h UTC')], '2026-11-23T02:30Z'],
      'denied deny, next 2026-11-23T03:00Z',
    ],
    [
      'a deny within an allow leaves two openings',
      [
        [window('day allow 0 8 * * * 8h UTC'), window('lunch deny 0 12 * * * 1h UTC')],
        '2026-11-23T11:30Z',
        HOUR,
      ],
      'too-short day lunch, until 2026-11-23T12:00Z, next 2026-11-23T13:00Z by day',
    ],
    [
      'a window that never begins',
      [[window('never allow 0 0 30 2 * 1h UTC')], '2026-11-23T11:30Z'],
      'outside never, next none',
    ],
    [
      'always closed: told soon, however often it begins',
      [[window('always deny * * * * * 1m UTC')], '2026-11-23T11:30Z'],
      'denied always, next none',
    ],
    [
      'always open: what it needs fits, however long',
      [[window('always allow * * * * * 1m UTC')], '2026-11-23T11:30Z', 24 * HOUR],
      'open always, until none',
    ],
    [
      'once in four years',
      [[window('leap allow 0 0 29 2 * 1h UTC')], '2026-11-23T11:30Z'],
      'outside leap, next 2028-02-29T00:00Z by leap',
    ],
  ];
  it.each(rows)('%s', (_, question, answer) => {
    expect(told(judged(...question))).toBe(answer);
  });
});

it('of as many windows as setpoint.yaml may have every one is asked', () => {
  const free = Array.from({ length: 99 }, (_, at) =>
    window(`w${String(at)} deny ${String(at % 60)} 3 * * * 1m UTC`),
  );
  const freeze = window('freeze deny 0 12 23 11 * 1h Europe/Berlin', ['app/*']);
  const verdict = judged([...free, freeze], '2026-11-23T11:30Z', 0, ['one', 'two']);
  expect(told(verdict)).toBe('denied freeze, next 2026-11-23T12:00Z');
});

describe('where clocks change', () => {
  const rows: readonly [string, Parameters<typeof judged>, string][] = [
    [
      'a freeze whose beginning is skipped begins right after the gap',
      [[window('freeze deny 30 2 29 3 * 2h Europe/Berlin')], '2026-03-29T01:00Z'],
      'denied freeze, next 2026-03-29T03:00Z',
    ],
    [
      'a time that comes twice begins twice',
      [[window('short allow 30 2 * * * 10m Europe/Berlin')], '2026-10-25T01:35Z'],
      'open short, until 2026-10-25T01:40Z',
    ],
    [
      'and in between it is closed',
      [[window('short allow 30 2 * * * 10m Europe/Berlin')], '2026-10-25T00:45Z'],
      'outside short, next 2026-10-25T01:30Z by short',
    ],
    [
      'it lasts as many hours as it says, not to a time of the clock',
      [[window('night allow 0 0 * * * 6h Europe/Berlin')], '2026-03-28T23:00Z'],
      'open night, until 2026-03-29T05:00Z',
    ],
    [
      'a gap at midnight: Havana',
      [[window('freeze deny 0 0 8 3 * 2h America/Havana')], '2026-03-08T05:00Z', MINUTE],
      'denied freeze, next 2026-03-08T07:00Z',
    ],
  ];
  it.each(rows)('%s', (_, question, answer) => {
    expect(told(judged(...question))).toBe(answer);
  });
});

const never = (plans: readonly string[]) => window('shut deny 0 12 * * * 1h UTC', plans);

/** What it is at noon for the plan `db`. */
const atNoon = (windows: readonly ChangeWindow[], ...resources: readonly string[]): string =>
  judged(windows, '2026-11-23T12:00Z', 0, resources, 'db').is;

describe('whom a window concerns', () => {
  const at = '2026-11-23T12:00Z';
  const rows: readonly [readonly string[], string, readonly string[], boolean][] = [
    [['*'], 'db', [], true],
    [['*'], 'db', ['main'], true],
    [['d*'], 'db', ['main'], true],
    [['api'], 'db', ['main'], false],
    [['db/ma*'], 'db', ['main'], true],
    [['db/ma*'], 'db', ['other'], false],
    [['db/ma*'], 'db', [], false],
    [['*/main'], 'db', ['other', 'main'], true],
    [['{api,db}'], 'db', [], true],
    [['db', '['], 'db', [], true],
  ];
  it.each(rows)('%j is for %s with %j: %s', (plans, plan, resources, concerned) => {
    expect(judged([never(plans)], at, 0, resources, plan).is).toBe(concerned ? 'denied' : 'open');
  });

  it('deny beats allow: of one resource for the whole plan, and whichever is narrower', () => {
    const open = window('open allow 0 12 * * * 1h UTC', ['db', 'db/main']);
    const shut = window('shut deny 0 12 * * * 1h UTC', ['db/main']);
    const wide = window('wide deny 0 12 * * * 1h UTC', ['*']);
    expect(atNoon([open, shut], 'main', 'other')).toBe('denied');
    expect(atNoon([open, shut], 'other')).toBe('open');
    expect(atNoon([wide, open], 'main')).toBe('denied');
    expect(atNoon([open, wide], 'main')).toBe('denied');
  });

  it('each resource needs an opening of its own: one for the other does not do', () => {
    const windows = [
      window('nightly allow 0 22 * * * 6h UTC', ['db']),
      window('noon allow 0 12 * * * 1h UTC', ['db/main']),
    ];
    expect(told(judged(windows, at, 0, ['main'], 'db'))).toBe('open noon, until 2026-11-23T13:00Z');
    expect(told(judged(windows, at, 0, ['main', 'other'], 'db'))).toBe(
      'outside nightly, next 2026-11-23T22:00Z by nightly',
    );
  });
});
