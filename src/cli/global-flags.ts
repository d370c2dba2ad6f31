import { Flags } from '@oclif/core';
import type { Interfaces } from '@oclif/core';

import type { Millis } from '../model/brand.ts';
import { parseGoDuration } from './go-duration.ts';
import { usageError } from './usage-error.ts';

export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const helpGroup = 'GLOBAL';

/** Flags that every command takes. */
export const GLOBAL_FLAGS = {
  root: Flags.string({
    helpGroup,
    helpValue: 'DIR',
    description: 'run against this directory as if it were /',
  }),
  host: Flags.string({
    helpGroup,
    helpValue: 'NAME',
    description: 'host name; default from SETPOINT_HOST, etc/setpoint/host or the system',
  }),
  chdir: Flags.string({
    char: 'C',
    helpGroup,
    helpValue: 'DIR',
    description: 'look for the workspace from this directory upwards',
  }),
  json: Flags.boolean({
    default: false,
    helpGroup,
    description: 'print one JSON envelope on stdout',
  }),
  'lock-timeout': Flags.custom<Millis>({
    helpGroup,
    helpValue: 'DURATION',
    description: 'how long to wait for the run lock, such as 500ms or 1m30s; default 5s',
    parse: (input) => Promise.resolve(lockTimeout(input)),
  })(),
  'log-level': Flags.option({
    helpGroup,
    options: LOG_LEVELS,
    default: 'info' as const,
    description: 'how much is said on stderr and in the log file',
  })(),
  'log-file': Flags.string({
    helpGroup,
    helpValue: 'FILE',
    description: 'append a log to this file, one JSON object a line',
  }),
  'no-color': Flags.boolean({ default: false, helpGroup, description: 'never write colour' }),
};

export type GlobalFlags = Interfaces.InferredFlags<typeof GLOBAL_FLAGS>;

function lockTimeout(input: string): Millis {
  const millis = parseGoDuration(input);
  if (millis !== null) return millis;
  throw usageError(
    'SP9001',
    `--lock-timeout ${input}: not a duration`,
    'write a number with its unit, such as 5s, 500ms or 1m30s',
  );
}
