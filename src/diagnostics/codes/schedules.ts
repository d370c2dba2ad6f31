import type { CodeEntry } from './entry.ts';

/** SP222x, SP223x: files of schedules, and what plans declare of them (kind `schedule`). */
export const scheduleCodes = {
  SP2220: {
    title: 'a field is missing in a file of schedules',
    explanation:
      'The document needs `version` and `schedules`, and each entry a name and a schedule (`setpoint schema schedule-file`; of another list of jobs the fields that `key:` and `scheduleField:` say). Nothing is written to a file that is not valid, and nothing that would make it so: whoever reads it might refuse all of it. Add the field.',
  },
  SP2221: {
    title: 'unknown key in a file of schedules',
    explanation:
      'The schema of the file does not have this key where it stands, so it would be ignored or refused by whoever reads it; a slip of the pen above all. Correct or remove it; `params` and `notification` take any members. For another form of file name its own schema with `schema:`.',
  },
  SP2222: {
    title: 'wrong type of value in a file of schedules',
    explanation:
      'A text where a number must be, a number where a text must be, and so on; the message says what is possible. In YAML a text such as `1.0` or `yes` needs quotes to stay one for every reader.',
  },
  SP2223: {
    title: 'value not possible in a file of schedules',
    explanation:
      'The value has the right type, but is too long, too large, empty, or none of those that are possible; the message says which are.',
  },
  SP2224: {
    title: 'invalid name of a schedule',
    explanation:
      'Names are letters a-z and A-Z, digits, `_` and `-`, at most 128: readers put them into commands, paths and logs, where blanks, quotes, `;`, `$`, slashes and line ends would be read as something else.',
  },
  SP2225: {
    title: 'two entries of one name in a file of schedules',
    explanation:
      'Entries are found and owned by their name, and whoever reads the file keeps one of them at most. Rename or remove one.',
  },
  SP2226: {
    title: 'schedule that its dialect does not read',
    explanation:
      'The expression is not one that the dialect of the resource takes, or one that it takes and reads otherwise than it looks; the place is the part that is meant, the help says what to write. `kubernetes` is robfig/cron v3 as CronJobs use it, `crontab` is Debian’s cron, `extended` has seconds, `L`, `#` and `H`.',
  },
  SP2227: {
    title: 'unknown time zone in a file of schedules',
    explanation:
      'Zones are IANA names such as Europe/Berlin, by the time zone data that setpoint has. Offsets such as +02:00 are none: they would be wrong for half of the year.',
  },
  SP2228: {
    title: 'params is no mapping',
    explanation:
      '`params` is what a job is given, a mapping of names to values (a JSON object). Write `{}` for none, or leave it out.',
  },
  SP2229: {
    title: 'too much in a file of schedules',
    explanation:
      'A list of jobs has at most 10,000 entries and a schedule at most 256 characters; of very many problems only the first hundred are shown. Split the file, or correct what is shown and look again.',
  },
  SP2230: {
    title: 'file does not fit the schema that its resource names',
    explanation:
      'The resource has `schema: PATH`, and the file as it is, or as the change would leave it, does not fit that JSON Schema; the message is the validator’s, the place that of the value. Correct the file or the entry, or the schema in the workspace.',
  },
  SP2231: {
    title: 'schema of a resource cannot be used',
    explanation:
      'The file that `schema:` names must be one JSON Schema (2020-12, or draft-07 where its `$schema` says so) in JSON, complete in itself: a `$ref` that leads out of it is refused, because nothing is fetched while planning. `format` is not checked.',
  },
  SP2232: {
    title: 'holding a file against its schema took too long',
    explanation:
      'A pattern with nested repetitions, such as `^(a+)+$`, takes time without end for some texts. The check is stopped after two seconds, and the plan, or the write of the document, is refused. Write the pattern without repetitions inside of repetitions.',
  },
  SP2233: {
    title: 'no list of jobs where the resource says',
    explanation:
      '`list:` names the keys that lead to the list (`schedules` when nothing is said, `jobs.items`, or `""` where the document itself is the list). There is none at that place, so no entry can be found or added. Correct `list:`, or add an empty list to the file (`schedules: []`).',
  },
  SP2234: {
    title: 'file of schedules is not there',
    explanation:
      'Kind `schedule` changes entries of a file that exists: the form of a new one is for its owner to choose. Create it with an empty list (`version: "1.0.0"` and `schedules: []`, or what its reader needs), then plan again. Where the whole content is yours, kind `file` declares it instead.',
  },
  SP2235: {
    title: 'record of a schedule is not understood',
    explanation:
      'The recorded state names an item or a way back that this version of kind `schedule` does not know: it was written by another version of setpoint, or was changed. Put the entry right by hand, and use the version that wrote it.',
  },
  SP2236: {
    title: 'declared schedule cannot be meant',
    explanation:
      'An entry under `entries:` says another name than its key, a field of `global:` is declared where the document is a list, `list:` is no path of keys, or a number has more digits than would be written. The message says which; correct the plan file.',
  },
} as const satisfies Record<string, CodeEntry>;
