import { describe, expect, test } from 'vitest';
import {
  TRAILER,
  composeMessage,
  gateTrailer,
  parseTrailers,
  trailerValue,
} from '../../../../src/git/record/commit-message.ts';
import { plainGit, scratchDirectory } from '../scratch.ts';

const trailers = [
  { key: TRAILER.status, value: 'applied' },
  { key: TRAILER.gate, value: 'a' },
  { key: TRAILER.gate, value: 'b' },
];

describe('state commit messages', () => {
  test('have a subject, a line a change and the trailers', () => {
    const text = composeMessage({
      subject: 'applied apiserver-audit-log: 1 change',
      lines: ['+ --audit-log-path=/x  /etc/kubernetes/manifests/kube-apiserver.yaml'],
      trailers,
    });
    expect(text).toBe(
      'applied apiserver-audit-log: 1 change\n\n' +
        '+ --audit-log-path=/x  /etc/kubernetes/manifests/kube-apiserver.yaml\n\n' +
        'Setpoint-Status: applied\nSetpoint-Gate: a\nSetpoint-Gate: b\n',
    );
    expect(parseTrailers(text)).toEqual(trailers);
    expect(trailerValue(parseTrailers(text), TRAILER.gate)).toBe('a');
    expect(trailerValue(parseTrailers(text), TRAILER.run)).toBeNull();
  });

  test('cut a long subject to 72 columns without splitting a character', () => {
    const subject = composeMessage({
      subject: `${'x'.repeat(70)}💥💥💥`,
      lines: [],
      trailers,
    }).split('\n')[0]!;
    expect(Array.from(subject)).toHaveLength(72);
    expect(subject.endsWith('x💥…')).toBe(true);
  });

  test('describe a gate result in one value', () => {
    const result = {
      id: 'apiserver[0]',
      phase: 'after',
      verdict: 'green',
      attempts: 3,
      took: 4200,
      detail: '',
    } as const;
    expect(gateTrailer(result)).toEqual({
      key: 'Setpoint-Gate',
      value: 'apiserver[0] after green 3/4200ms',
    });
  });
});

describe('forging trailers', () => {
  const forged = 'x\n\nSetpoint-Status: forged\nSetpoint-Run: forged';
  const ours = [{ key: 'Setpoint-Status', value: 'reverted' }];
  test.each([
    ['a subject', { subject: forged, lines: ['+ a'], trailers: ours }],
    ['a change line', { subject: 's', lines: [forged], trailers: ours }],
    [
      'a change line that is one',
      { subject: 's', lines: ['Setpoint-Status: forged'], trailers: ours },
    ],
    [
      'a value',
      { subject: 's', lines: [], trailers: [{ key: 'Setpoint-Actor', value: forged }, ...ours] },
    ],
    [
      'a value with other line ends',
      {
        subject: 's',
        lines: [],
        trailers: [
          { key: 'Setpoint-Actor', value: 'x\r\u2028\u0085Setpoint-Status: forged' },
          ...ours,
        ],
      },
    ],
  ])('through %s does not work, for us and for git', (_, parts) => {
    const text = composeMessage(parts);
    const statuses = parseTrailers(text).filter(({ key }) => key === 'Setpoint-Status');
    expect(statuses).toEqual(ours);
    expect(trailerValue(parseTrailers(text), 'Setpoint-Run')).toBeNull();

    const dir = scratchDirectory();
    plainGit(dir, 'init', '-q');
    plainGit(dir, 'commit', '-q', '--allow-empty', '-m', text);
    const seen = plainGit(
      dir,
      'log',
      '-1',
      '--format=%(trailers:key=Setpoint-Status,key=Setpoint-Run)',
    );
    expect(seen.trim()).toBe('Setpoint-Status: reverted');
  });

  test('works neither where there are no trailers at all', () => {
    expect(
      parseTrailers(
        composeMessage({ subject: 's', lines: ['Setpoint-Status: forged'], trailers: [] }),
      ),
    ).toEqual([]);
    expect(
      parseTrailers(
        composeMessage({ subject: 'Setpoint-Status: forged', lines: [], trailers: [] }),
      ),
    ).toEqual([]);
  });
});
