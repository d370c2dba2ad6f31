import type { CodeEntry } from './entry.ts';

const syntaxCodes = {
  SP1001: {
    title: 'file is not UTF-8 text',
    explanation:
      'Plan files and setpoint.yaml are UTF-8 text. A byte sequence in this file is none, so it may be another encoding or a binary file. Convert it, e.g. with iconv, and try again.',
  },
  SP1002: {
    title: 'not valid YAML',
    explanation:
      'The file cannot be read as YAML 1.2. The frame marks where reading stopped; the mistake may stand just before it: a missing colon, quote or bracket, or a line that is indented differently from its neighbours. Nothing else in the file is checked until it can be read.',
  },
  SP1003: {
    title: 'tab used for indentation',
    explanation:
      'YAML allows only spaces in front of a key or list item. Set the editor to insert spaces for YAML files.',
  },
  SP1004: {
    title: 'duplicate key',
    explanation:
      'A mapping holds each key once. Other tools silently take the last one, so what a reader sees and what happens could differ; setpoint refuses the file.',
  },
  SP1005: {
    title: 'more than one YAML document in a file',
    explanation:
      'One plan file is one unit of change, of commit and of revert, so a file holds exactly one YAML document. Move what follows the second --- into a file of its own.',
  },
  SP1006: {
    title: 'file too large or nested too deeply',
    explanation:
      'A plan file holds at most 1 MiB of text and 64 levels of nesting. Large content belongs into a file of the workspace that a resource of kind file names by source.',
  },
  SP1007: {
    title: 'alias cannot be followed',
    explanation:
      'An alias (*name) repeats the value that an anchor (&name) marks earlier in the file. It cannot come before its anchor or inside it, and all aliases of a file together may repeat at most 10,000 values, because a few lines of nested aliases can stand for gigabytes.',
  },
  SP1008: {
    title: 'file is empty or no mapping',
    explanation:
      'A plan file begins with "setpoint: v1", a name and resources; setpoint.yaml begins with a name. `setpoint schema plan` and `setpoint schema workspace` print what is possible.',
  },
  SP1009: {
    title: 'YAML feature that plan files do not have',
    explanation:
      'Tags (!something) and keys that are lists or mappings are not supported. Put a text that begins with ! in quotes.',
  },
} as const satisfies Record<string, CodeEntry>;

const variableCodes = {
  SP1101: {
    title: 'undefined variable',
    explanation:
      'A ${vars.NAME} has no value for this host. Values come from vars of the plan file, hostVars for matching hosts, --var-file and --var; each later one wins. An undefined variable is never taken as empty.',
  },
  SP1102: {
    title: 'text looks like a reference and is none',
    explanation:
      'Only ${vars.NAME} and ${host.name} are replaced. Write $${ for a literal ${, for example in the content of a shell script.',
  },
  SP1103: {
    title: 'variable where none is possible',
    explanation:
      'Keys, names, hosts, after and description are read before variables are known, so they cannot hold any. Variables work in the values of resources and gates.',
  },
  SP1104: {
    title: 'variable refers to another variable',
    explanation:
      'Values under vars and hostVars are plain values. Put texts together where they are used: "${vars.dir}/${vars.file}".',
  },
  SP1105: {
    title: 'variable does not fit into a text',
    explanation:
      'A list, a mapping or null can only be the whole value ("${vars.list}" alone), not a part of a text.',
  },
} as const satisfies Record<string, CodeEntry>;

const schemaCodes = {
  SP1201: {
    title: 'unknown format version',
    explanation:
      'Plan files say which format they are written in: "setpoint: v1". A file for a newer format is refused instead of being half understood.',
  },
  SP1202: {
    title: 'required key is missing',
    explanation:
      'The named key has no default and must be given. `setpoint schema plan` prints every key with its meaning.',
  },
  SP1203: {
    title: 'unknown key',
    explanation:
      'Keys that setpoint does not know are refused, because a misspelt key that is silently ignored is a change that never happens. `setpoint schema plan` prints every key; a file may also be written for a newer setpoint.',
  },
  SP1204: {
    title: 'wrong type of value',
    explanation:
      'The value has another type than the key takes. In YAML, 5, true and null are not texts; put them in quotes where a text is meant.',
  },
  SP1205: {
    title: 'value not possible here',
    explanation: 'The key takes only the values that the message lists.',
  },
  SP1206: {
    title: 'invalid name',
    explanation:
      'Plan names, resource ids and gate ids become parts of addresses, file names, git refs and commit trailers: a-z, 0-9 and dashes, 1 to 63 characters, no dash at an end.',
  },
  SP1207: {
    title: 'invalid duration',
    explanation:
      'Durations are written as Go does, always with a unit: 300s, 1m30s, 500ms, 1h. A bare number is refused, since seconds and milliseconds are easily confused. A duration is longer than zero and at most 24h.',
  },
  SP1208: {
    title: 'number out of range',
    explanation: 'The number is not in the range that the message names.',
  },
  SP1209: {
    title: 'invalid flag name',
    explanation:
      'Flags are named without leading dashes (audit-log-path); setpoint writes the dashes in the style of the manifest.',
  },
  SP1210: {
    title: 'invalid file mode',
    explanation:
      'A mode is octal permission bits as a text in quotes: "0600" or "0755". Without quotes YAML 1.2 reads 0600 as the decimal number 600, which would be other permissions.',
  },
  SP1211: {
    title: 'empty value',
    explanation:
      'The list, mapping or text must hold something; remove the key when it is not needed.',
  },
  SP1212: {
    title: 'keys that do not go together',
    explanation:
      'A file has exactly one of source, content and absent: true (which has no mode). A flag has either entries or include and exclude. A client certificate needs cert and key.',
  },
  SP1213: {
    title: 'invalid host glob',
    explanation:
      'Host globs match the whole host name: * any characters, ? one, [ab] one of, {a,b} alternatives. A leading ! takes hosts out again; the last entry that matches decides.',
  },
  SP1214: {
    title: 'unknown kind',
    explanation:
      'The kind of a resource, gate or audit decides which other keys it has. This setpoint knows the kinds that the message lists.',
  },
  SP1215: {
    title: 'invalid path glob',
    explanation:
      'Globs of drift.ignore match whole paths of the host and begin with /: * any characters but the slash, ** also slashes, ? one, [ab] one of, {a,b} alternatives.',
  },
  SP1216: {
    title: 'invalid date',
    explanation:
      'The last day on which a rule of drift.ignore holds, as year, month and day (2026-12-31), in UTC.',
  },
} as const satisfies Record<string, CodeEntry>;

const meaningCodes = {
  SP1301: {
    title: 'invalid path on the host',
    explanation:
      'Paths on the host are absolute and normalised (no "..", no "//", no trailing slash) and well-formed Unicode (no half of a surrogate pair, as "\\ud800" is), so that one file has one name in plans, state and history.',
  },
  SP1302: {
    title: 'path is not inside the workspace',
    explanation:
      'Sources, check scripts and certificates come from the workspace, so that a reviewed commit holds everything that a run uses. They are named relative to the directory of setpoint.yaml; a program begins with "./".',
  },
  SP1303: {
    title: 'workspace file cannot be used',
    explanation:
      'A file of the workspace that the plan names could not be read, leads outside the workspace through a symlink, or is a program that is not executable (chmod +x, and commit it).',
  },
  SP1304: {
    title: 'list element given twice',
    explanation: 'An element of a list flag is either included or excluded, once.',
  },
  SP1305: {
    title: 'invalid regular expression',
    explanation:
      'The text of matches is a JavaScript regular expression without slashes around it. In double quotes YAML needs each backslash twice; single quotes avoid that.',
  },
  SP1306: {
    title: 'invalid URL',
    explanation:
      'Gates and audits of kind http ask an http:// or https:// URL without credentials in it.',
  },
  SP1307: {
    title: 'gate id is taken',
    explanation:
      'Results of gates are reported, compared and recorded by id, so each id is used once in a plan. The resource id "plan" is kept for the gates of the plan itself.',
  },
  SP1308: {
    title: 'flag without a value',
    explanation:
      'An empty value is null in YAML, and null means that the flag must not be set. Because this is easily written by accident, setpoint asks for it in so many words: null, or "" for an empty value.',
  },
  SP1309: {
    title: 'NUL character in a text',
    explanation: 'Paths, arguments and flags cannot hold the character NUL.',
  },
} as const satisfies Record<string, CodeEntry>;

const workspaceCodes = {
  SP1401: {
    title: 'two plan files have the same name',
    explanation:
      'The name of a plan is its identity in state and history, so it is unique in a workspace, whatever the files are called.',
  },
  SP1402: {
    title: 'unknown plan in after',
    explanation: 'after names plans of the same workspace by their name, not by their file.',
  },
  SP1403: {
    title: 'plans wait for each other',
    explanation:
      'The plans named form a circle through after, so none of them could be applied first. Remove one of the references.',
  },
} as const satisfies Record<string, CodeEntry>;

/** SP1xxx: workspace and plan files: syntax, variables, schema, meaning, workspace. */
export const planFileCodes = {
  ...syntaxCodes,
  ...variableCodes,
  ...schemaCodes,
  ...meaningCodes,
  ...workspaceCodes,
} as const satisfies Record<string, CodeEntry>;
