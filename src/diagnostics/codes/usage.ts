import type { CodeEntry } from './entry.ts';

/** SP9xxx: usage and internal errors. */
export const usageCodes = {
  SP9001: {
    title: 'wrong command line',
    explanation:
      'A flag, an argument or a combination of them is not valid. The message names it; `setpoint COMMAND --help` lists what is.',
  },
  SP9002: {
    title: 'unknown command',
    explanation:
      'There is no command of that name. `setpoint --help` lists all commands. Names are never abbreviated, so that a script means the same thing in every version.',
  },
  SP9003: {
    title: 'unknown flag',
    explanation:
      'The command does not have that flag. `setpoint COMMAND --help` lists its flags. An argument that starts with a dash is written after `--`.',
  },
  SP9004: {
    title: 'nobody can be asked',
    explanation:
      'apply asks before it changes anything, and there is no terminal to ask on.\n\nIn a pipeline, save the plan where it is reviewed (`setpoint plan --out plan.json`) and apply exactly that (`setpoint apply plan.json`). `--auto-approve` applies whatever the plan turns out to be.',
  },
  SP9005: {
    title: 'a reason is required',
    explanation:
      '`--allow-diverged` and `--retry-held` overrule a safety check. `--reason TEXT` says why; it is recorded in the state commit, so that the next person understands what happened.',
  },
  SP9006: {
    title: 'wrong variable',
    explanation:
      '`--var` takes `name=value`. The value is read like a plain value in YAML: `30` is a number, `true` a boolean, `null` nothing, `"30"` a text. Names are letters, digits, `_` and `-`. Lists and maps belong into a `--var-file`.',
  },
  SP9007: {
    title: 'variable file cannot be used',
    explanation:
      '`--var-file` names a YAML or JSON file with one mapping of variable names to values. Later files win over earlier ones, `--var` wins over files.',
  },
  SP9008: {
    title: 'change set cannot be read',
    explanation:
      'The file with the saved change set does not exist or may not be read. `setpoint plan --out FILE` writes one; it is readable only by its owner (0600).',
  },
  SP9009: {
    title: 'unknown name',
    explanation:
      'There is no diagnostic code or schema of that name. `setpoint explain` lists all codes, `setpoint schema` all schemas.',
  },
  SP9010: {
    title: 'directory or log file cannot be used',
    explanation:
      '`-C` must name an existing directory, and `--log-file` a file that can be opened for appending. Relative paths, also of `--root` and `--out`, need a current directory that was not deleted. Nothing was done.',
  },
  SP9011: {
    title: 'interrupted',
    explanation:
      'A signal (Ctrl-C, a cancelled pipeline job) ended the command before it changed anything. An interrupted run that had begun to write is reverted, and the last line says `revert: done`.',
  },
  SP9012: {
    title: 'answer could not be written',
    explanation:
      'The command did its work, but standard output took not all of the answer: the disk is full, or the terminal is gone. A run that was under way was not disturbed by it. The exit code is 1 in place of 0 or 2; any other exit code stays.\n\n`setpoint status` and `setpoint history` show what an apply did.',
  },
  SP9013: {
    title: 'an argument of the library is not what the function takes',
    explanation:
      'A program called a function of the library with a value of another type than declared, with an option that the function does not have (a misspelt one would do nothing), or with a text that is not well-formed Unicode (half of a surrogate pair; as a path it would become another name on the disk). The message names the function, the argument and what it must be. Nothing was done.',
  },
  SP9025: {
    title: 'no version of a document',
    explanation:
      '`ifVersion` and `--if-version` take what reading the document gave: a SHA-256 of 64 lower-case hex digits, or `absent` for a file that was not there.',
  },
  SP9026: {
    title: 'the data to write cannot be read',
    explanation:
      '`doc set` reads the new data from `--from FILE`, or from standard input (`-`, the default), as YAML or JSON. The file does not exist or may not be read, or standard input is a terminal. Nothing was written.',
  },
  SP9027: {
    title: 'no JSON pointer',
    explanation:
      'A JSON pointer (RFC 6901) is empty, or begins with a slash: `/schedules/0/params`. `~` is written `~0` in it, and a slash in a key `~1`.',
  },
  SP9099: {
    title: 'internal error',
    explanation:
      'setpoint hit a case its authors did not expect. Nothing more is done after it; `setpoint recover` settles an open run. Please report it with the crash file named in the message.',
  },
} as const satisfies Record<string, CodeEntry>;
