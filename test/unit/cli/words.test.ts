import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import { actorFrom } from '../../../src/cli/actor.ts';
import { withoutValues } from '../../../src/cli/crash-report.ts';
import { parseGoDuration } from '../../../src/cli/go-duration.ts';
import { moveLeadingFlags } from '../../../src/cli/leading-flags.ts';
import { outputFormat } from '../../../src/cli/output-format.ts';
import { repeatedFlagsIn, withFlags, withFlagsToWaitFor } from '../../../src/cli/repeated-flags.ts';
import { colorAllowed } from '../../../src/cli/style.ts';
import { plainScalar, readVariables } from '../../../src/cli/variables.ts';
import { canAnimate } from '../../../src/cli/progress.ts';

const MANIFEST = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../oclif.manifest.json'), 'utf8'),
) as { readonly commands: Readonly<Record<string, { id: string; flags: object }>> };

/** Every command with the flag that names a host, as it is typed. */
const COMMANDS = Object.values(MANIFEST.commands)
  .filter(({ flags }) => 'root' in flags)
  .map(({ id }) => id.replaceAll(':', ' '));

describe('colour', () => {
  const terminal = { isTTY: true, noColor: false, env: { TERM: 'xterm' } };

  it.each([
    ['on a terminal', terminal, true],
    ['not in a pipe', { ...terminal, isTTY: false }, false],
    ['not with --no-color', { ...terminal, noColor: true }, false],
    ['not with NO_COLOR', { ...terminal, env: { NO_COLOR: '1' } }, false],
    ['with an empty NO_COLOR', { ...terminal, env: { NO_COLOR: '' } }, true],
    ['not in CI', { ...terminal, env: { CI: 'true' } }, false],
    ['with CI turned off', { ...terminal, env: { CI: 'false' } }, true],
    ['not on a dumb terminal', { ...terminal, env: { TERM: 'dumb' } }, false],
  ])('%s', (_, context, expected) => {
    expect(colorAllowed(context)).toBe(expected);
  });
});

describe('the spinner', () => {
  it.each([
    ['a wide terminal', { isTTY: true, columns: 80 }, {}, true],
    ['a terminal of unknown width', { isTTY: true, columns: 0 }, {}, false],
    ['CI', { isTTY: true, columns: 80 }, { CI: '1' }, false],
    ['TERM=dumb', { isTTY: true, columns: 80 }, { TERM: 'dumb' }, false],
    ['a pipe', { isTTY: false, columns: 80 }, {}, false],
  ])('on %s', (_, stream, env, expected) => {
    expect(canAnimate(stream, env)).toBe(expected);
  });
});

describe('the actor', () => {
  it.each([
    [{ USER: 'alice' }, 'alice'],
    [{ USER: 'root', SUDO_USER: 'alice' }, 'alice'],
    [{ USER: 'runner', GITHUB_RUN_ID: '42' }, 'runner@ci:42'],
    [{ USER: 'runner', CI_JOB_ID: '7' }, 'runner@ci:7'],
    [{ USER: 'a\nSetpoint-Status: x' }, 'aSetpoint-Status:x'],
  ])('of %j is %s', (env, expected) => {
    expect(actorFrom(env)).toBe(expected);
  });
});

describe('durations', () => {
  it.each([
    ['5s', 5000],
    ['1m30s', 90_000],
    ['500ms', 500],
    ['1.5h', 5_400_000],
    ['0', 0],
  ])('%s is %i ms', (text, expected) => {
    expect(parseGoDuration(text)).toBe(expected);
  });

  it.each(['', '5', '5 s', '-1s', '1d', 's', '1h30', '9999999999999999h'])('%j is none', (text) => {
    expect(parseGoDuration(text)).toBeNull();
  });
});

describe('variables', () => {
  it('are typed as a plain YAML value', () => {
    expect(
      ['30', 'true', 'null', '"30"', "'it''s'", 'a: b', '#fff', '', '-0x1', '1e3', 'x=y'].map(
        plainScalar,
      ),
    ).toEqual([30, true, null, '30', "it's", 'a: b', '#fff', '', '-0x1', 1000, 'x=y']);
  });

  it('keep integers that a number cannot hold as text', () => {
    expect(plainScalar('12345678901234567890')).toBe('12345678901234567890');
  });

  it('agree with the YAML library on words and numbers', () => {
    const words = fc.oneof(
      fc.constantFrom(
        'True',
        'NULL',
        '~',
        '0o17',
        '0x1F',
        '.5',
        '5.',
        '+3',
        '-0',
        '-0.0',
        '1_000',
        'yes',
        '12:30',
      ),
      fc.stringMatching(/^[-+]?[0-9]{1,6}(\.[0-9]{0,3})?(e[0-9])?$/),
      fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9]{0,8}$/),
    );
    fc.assert(
      fc.property(words, (word) => {
        const parsed: unknown = parse(word);
        expect(plainScalar(word)).toEqual(parsed === 0 ? 0 : parsed);
      }),
    );
  });

  it('of the command line win over files', async () => {
    await expect(readVariables([], ['a=1', 'b=x=y', 'a=2'])).resolves.toEqual({ a: 2, b: 'x=y' });
  });

  it.each(['novalue', '=x', '1a=x', 'a b=x'])('refuse %j', async (text) => {
    await expect(readVariables([], [text])).rejects.toMatchObject({ exitCode: 64 });
  });

  it('name a file that cannot be read', async () => {
    await expect(readVariables(['/no/such'], [])).rejects.toMatchObject({
      exitCode: 64,
      diagnostics: [{ code: 'SP9007', message: '--var-file /no/such: there is no such file' }],
    });
  });
});

describe('argument vectors', () => {
  it.each([
    ['--root /r plan a', 'plan a --root /r'],
    ['-C d --json --host=x plan -- -a', 'plan -C d --json --host=x -- -a'],
    ['plan --root /r', 'plan --root /r'],
    ['--json', '--json'],
    ['--help plan', '--help plan'],
  ])('%s is read as %s', (given, expected) => {
    expect(moveLeadingFlags(given.split(' ')).join(' ')).toBe(expected);
  });

  it('ask for JSON only before --', () => {
    expect(outputFormat(['plan', '--json'])).toBe('json');
    expect(outputFormat(['apply', '--json-stream'])).toBe('json-stream');
    expect(outputFormat(['plan', '--', '--json'])).toBe('text');
  });

  it('lose the values of variables in a crash file', () => {
    expect(withoutValues(['plan', '--var', 'a=secret', '--var=b=hidden', 'x=y'])).toEqual([
      'plan',
      '--var',
      'a=…',
      '--var=b=…',
      'x=y',
    ]);
  });
});

describe('commands in hints', () => {
  const run = '01JZ8Y2M3N4P5Q6R7S8T9V0W1X';

  it.each([
    ['Next: setpoint recover --dry-run', 'Next: setpoint recover --dry-run --root /r'],
    [`(setpoint confirm --reject ${run}); or`, `(setpoint confirm --reject ${run} --root /r); or`],
    ['`setpoint recover RUN --take-old`.', '`setpoint recover RUN --take-old --root /r`.'],
    ['setpoint recover settles it', 'setpoint recover --root /r settles it'],
    ['setpoint apply a b', 'setpoint apply --root /r a b'],
    ['setpoint backup list shows', 'setpoint backup list --root /r shows'],
    ['setpoint plan --out FILE writes', 'setpoint plan --out FILE --root /r writes'],
    ['setpoint plan --against=recorded.', 'setpoint plan --against=recorded --root /r.'],
    ['setpoint status --root /r', 'setpoint status --root /r'],
    ['setpoint explain SP1001', 'setpoint explain SP1001'],
    ['run setpoint as root', 'run setpoint as root'],
    ['setpoint plan-b, setpoint checks', 'setpoint plan-b, setpoint checks'],
  ])('%s becomes %s', (hint, expected) => {
    expect(withFlags(hint, ['--root', '/r'])).toBe(expected);
    expect(withFlags(hint)).toBe(hint);
  });

  it.each(COMMANDS)('are known: setpoint %s', (command) => {
    // What these three tell is the same on every host.
    const placeless = ['explain', 'schema', 'show'].includes(command);
    const hint = `setpoint ${command}`;
    expect(withFlags(hint, ['--root', '/r'])).toBe(placeless ? hint : `${hint} --root /r`);
  });

  it('keep the host that they name themselves', () => {
    const hint = `\`setpoint recover ${run} --host h1\`, or setpoint status`;
    const flags = ['--root', '/r', '--host', 'h2'];
    const given = `\`setpoint recover ${run} --root /r --host h1\`, or setpoint status --root /r --host h2`;
    expect(withFlags(hint, flags)).toBe(given);
    expect(withFlags(given, flags)).toBe(given);
    expect(withFlags(hint, ['--host', 'h2'])).toBe(`${hint} --host h2`);
  });

  it('of other processes stay as they are', () => {
    const text = `held by pid 1 (setpoint apply, which waits for: setpoint confirm ${run})`;
    expect(withFlagsToWaitFor(text, ['--host', 'a b'])).toBe(
      `held by pid 1 (setpoint apply, which waits for: setpoint confirm ${run} --host 'a b')`,
    );
  });

  it('are given what the argument vector has', () => {
    expect(repeatedFlagsIn('plan --root=/r -C d --host h -- --root /no'.split(' '))).toEqual(
      '-C d --root /r --host h'.split(' '),
    );
    expect(repeatedFlagsIn(['plan', '--root'])).toEqual([]);
  });
});
