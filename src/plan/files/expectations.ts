import type { Code } from '../../diagnostics/codes/index.ts';

/** How a sentence names what a definition of the schema accepts. */
export interface Expectation {
  readonly code: Code;
  /** Follows "must be". */
  readonly what: string;
  readonly help?: string;
}

const NAME: Expectation = {
  code: 'SP1206',
  what: 'a name of a-z, 0-9 and dashes, at most 63 characters, no dash at an end',
};

const EXPECTATIONS: Readonly<Record<string, Expectation>> = {
  name: NAME,
  containerName: NAME,
  variableName: { code: 'SP1206', what: 'a variable name of letters, digits, _ and -' },
  hostName: { code: 'SP1206', what: 'a host name of letters, digits, dots and dashes' },
  headerName: { code: 'SP1206', what: 'an HTTP header name' },
  duration: { code: 'SP1207', what: 'a duration with unit, such as 300s, 1m30s or 500ms' },
  successes: { code: 'SP1208', what: 'a whole number from 1 to 1000' },
  port: { code: 'SP1208', what: 'a port from 1 to 65535' },
  exitCode: { code: 'SP1208', what: 'an exit code from 0 to 255' },
  httpStatus: { code: 'SP1208', what: 'an HTTP status from 100 to 599' },
  mode: { code: 'SP1210', what: 'octal permission bits in quotes, such as "0600"' },
  cisRow: {
    code: 'SP4150',
    what: 'a row of a benchmark, such as cis-1.12/1.2.15, or a check',
  },
  httpUrl: { code: 'SP1306', what: 'an http:// or https:// URL' },
  hostPath: { code: 'SP1301', what: 'an absolute path on the host' },
  hostGlob: { code: 'SP1213', what: 'a glob on the host name, such as cp-*' },
  pathGlob: { code: 'SP1215', what: 'a glob on whole paths of the host, such as /etc/app/*.conf' },
  date: { code: 'SP1216', what: 'a date such as 2026-12-31' },
  listPath: { code: 'SP2236', what: 'keys with dots between them, such as jobs.items, or ""' },
  fieldName: { code: 'SP2236', what: 'the name of a field: letters, digits, _ and -' },
  scheduleEntry: {
    code: 'SP1204',
    what: 'a mapping of the fields of the entry, or null where it must not exist',
  },
  flagName: {
    code: 'SP1209',
    what: 'a flag name',
    help: 'letters, digits, dots, dashes and underscores, without leading dashes: audit-log-path',
  },
  flagValue: {
    code: 'SP1204',
    what: 'a text, number, true, false, null, {include, exclude} or {entries}',
    help: 'a whole list is written as the component takes it, "A,B"; {include: [A, B]} owns single elements of it',
  },
  resourceGates: { code: 'SP1205', what: '"default" or a list of gates' },
  planGates: {
    code: 'SP1204',
    what: 'a list of gates',
    help: '`default` is a word for the gates of a resource, which has them anyhow: leave this key out, or list gates of the plan (- kind: http …)',
  },
  gitRemote: { code: 'SP1205', what: 'a git URL or path that does not begin with a dash or blank' },
  gitBranch: { code: 'SP1205', what: 'a valid git branch name, without variables' },
  argv: {
    code: 'SP1204',
    what: 'a list of program and arguments',
    help: 'write an argument array, not a shell line: [systemctl, restart, kubelet]',
  },
};

export function expectation(definition: string | null): Expectation | null {
  return definition !== null && Object.hasOwn(EXPECTATIONS, definition)
    ? (EXPECTATIONS[definition] ?? null)
    : null;
}
