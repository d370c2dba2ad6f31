import fc from 'fast-check';
import { expect, it } from 'vitest';
import { escapedCommand } from '../../src/kinds/crontab/command-text.ts';
import { meaningOf, splitLines } from '../../src/kinds/crontab/crontab-line.ts';
import { environmentLine, environmentSetting } from '../../src/kinds/crontab/environment-line.ts';
import {
  applied,
  ABSENT,
  good,
  image,
  job,
  keysOf,
  released,
  spec,
  textOf,
} from '../unit/kinds/crontab/crontab-rig.ts';

const foreignLine = fc.oneof(
  fc.constantFrom(
    '',
    '# note',
    '  # setpoint: job a',
    '17 * * * * root run',
    '@reboot root x',
    'PATH=/bin',
    ' MAILTO = "x"',
    'broken',
  ),
  fc.string({ unit: fc.constantFrom(...Array.from('#*0 9=\t"\'%\\@a\xFF')), maxLength: 12 }),
);
const crontabText = fc
  .tuple(fc.array(foreignLine, { maxLength: 12 }), fc.constantFrom('', '# end'))
  .map(([lines, last]) => lines.map((line) => `${line}\n`).join('') + last);
const command = fc
  .string({ unit: fc.constantFrom(...Array.from('%\\a b"\'/é')), minLength: 1, maxLength: 20 })
  .filter((text) => text.trim() === text && !text.includes('\\%'));
const wantedSpec = fc
  .record({
    jobs: fc.dictionary(
      fc.constantFrom('a', 'b', 'c'),
      fc.option(command.map((text) => job(text))),
    ),
    environment: fc.dictionary(fc.constantFrom('MAILTO', 'PATH'), fc.constantFrom('', 'x', ' y ')),
  })
  .map(({ jobs, environment }) => spec(jobs, environment));

function marked(line: string | undefined): boolean {
  return line?.startsWith('# setpoint: ') === true;
}

function foreign(text: string | null): readonly string[] {
  const lines = (text ?? '')
    .split('\n')
    .filter((line, at, all) => at < all.length - 1 || line !== '');
  return lines.filter((line, at) => !marked(line) && !marked(lines[at - 1]));
}

it('an edit leaves every line of others as it is, a second one writes nothing, a release gives the bytes back', () => {
  fc.assert(
    fc.property(fc.option(crontabText), wantedSpec, wantedSpec, (text, first, second) => {
      const original = text === null ? ABSENT : image(text);
      const once = good(applied(first, original));
      const twice = good(applied(second, once));
      expect(foreign(textOf(twice))).toEqual(foreign(text));
      expect(good(applied(second, twice))).toBe(twice);
      const keys = [...new Set([...keysOf(first), ...keysOf(second)])];
      expect(textOf(released(keys, { now: twice, original }))).toBe(text);
    }),
    { numRuns: 200 },
  );
});

/** The environment of each job of somebody else, in order. */
function environments(text: string | null): readonly unknown[] {
  const settings: Record<string, string> = {};
  let ours = false;
  return splitLines(text ?? '').flatMap((line) => {
    const meaning = meaningOf(line);
    const own = ours;
    ours = line.text.startsWith('# setpoint: ');
    if (meaning.is === 'setting') settings[meaning.setting.name] = meaning.setting.value;
    return meaning.is === 'job' && !own ? [{ ...settings }] : [];
  });
}

it('no job of somebody else gets another environment, also where they wrote below our lines', () => {
  fc.assert(
    fc.property(crontabText, wantedSpec, crontabText, wantedSpec, (text, first, more, second) => {
      const once = good(applied(first, image(`${text}\n`)));
      expect(environments(textOf(once))).toEqual(environments(`${text}\n`));
      const between = (textOf(once) ?? '') + more;
      const twice = applied(second, image(between));
      const told = twice.ok ? [] : twice.diagnostics.map(({ code }) => code);
      expect(['SP2257']).toEqual(expect.arrayContaining([...told]));
      const after = twice.ok ? textOf(twice.value) : between;
      expect(environments(after)).toEqual(environments(between));
    }),
    { numRuns: 200 },
  );
});

/** do_command.c child_process of Debian's cron: what the shell gets, and what it reads. */
function runByCron(written: string): { shell: string; input: string } {
  let shell = '';
  let escaped = false;
  for (let at = 0; at < written.length; at += 1) {
    const ch = written[at] ?? '';
    if (escaped) {
      shell = ch === '%' || ch === '\\' ? shell.slice(0, -1) + ch : shell + ch;
      escaped = false;
    } else if (ch === '%') return { shell, input: written.slice(at + 1) };
    else {
      shell += ch;
      escaped = ch === '\\';
    }
  }
  return { shell, input: '' };
}

it('a command reaches the shell as it was declared', () => {
  const any = fc.string({ unit: fc.constantFrom(...Array.from('%\\ab')), maxLength: 12 });
  fc.assert(
    fc.property(any, (text) => {
      expect(runByCron(escapedCommand(text))).toEqual({ shell: text, input: '' });
    }),
  );
});

it('a value is read back as it was declared, or has no line', () => {
  const any = fc.string({ unit: fc.constantFrom(...Array.from('"\' \t=#a')), maxLength: 8 });
  fc.assert(
    fc.property(any, (value) => {
      const line = environmentLine({ name: 'A', value });
      const read = line === null ? null : environmentSetting(line);
      expect(read).toEqual(line === null ? null : { name: 'A', value });
    }),
  );
});
