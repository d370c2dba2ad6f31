import type { CodeEntry } from './entry.ts';

/** SP225x and SP226x: crontabs, as Debian's cron 3.0pl1-162 reads them. */
export const crontabCodes = {
  SP2250: {
    title: 'cron does not read this schedule',
    explanation: `A schedule of a crontab has five fields: minute (0-59), hour (0-23), day of month (1-31), month (1-12 or jan-dec), day of week (0-7 or sun-sat; 0 and 7 are Sunday). Each is \`*\`, values, ranges \`1-5\`, steps \`*/15\` or \`1-20/2\`, or a list of these with commas. In place of the five: \`@reboot\`, \`@yearly\`, \`@annually\`, \`@monthly\`, \`@weekly\`, \`@daily\`, \`@midnight\`, \`@hourly\`, in lower case.

Seconds, \`L\`, \`W\`, \`#\`, \`?\` and \`H\` are of other programs. One line that cron cannot read makes it ignore the whole file, so setpoint refuses it before anything is written.`,
  },
  SP2251: {
    title: 'cron cannot run this command, or not as this user',
    explanation:
      'A job is one line: a command has no line break, does not begin with a blank, and has at most 998 bytes as it stands in the crontab (`%` counts twice). In a system crontab the user stands before the command, so a name with a blank would be cut. Put what does not fit into a script and run that.',
  },
  SP2252: {
    title: 'cron cannot be given this setting',
    explanation:
      'A setting of a crontab is one line, `NAME=value`, of at most 998 bytes. Cron takes quotes and blanks at the ends of a value off, and setpoint writes the quotes that keep it; for a few mixtures of both kinds of quotes there are none. LOGNAME is set by cron itself. Set such a value in a script.',
  },
  SP2253: {
    title: 'cron reads no crontab at this path',
    explanation:
      "Debian's cron reads `/etc/crontab`, the files of `/etc/cron.d` whose names have only letters, digits, `_` and `-` (a file `backup.cron` or `backup.dpkg-old` is passed over in silence), and the crontabs of users in `/var/spool/cron/crontabs`. The last are declared by `user:` without a path.",
  },
  SP2254: {
    title: 'the file is no crontab that can be edited safely',
    explanation:
      'To cron a carriage return is a part of the command, and on a blank line an error for which it ignores the whole file; a NUL byte cuts a line. A marker `# setpoint: job ID` that stands there twice leaves open which line is meant. The message names line and column: put it right by hand.',
  },
  SP2255: {
    title: 'cron ignores the crontab: its last line has no end',
    explanation:
      'A crontab whose last line is a job or a setting without a line break is ignored as a whole, so none of its jobs runs now. To add a line would wake all of them, and nobody may have seen them run for long. Look whether they are to run, then end the line (`echo >> FILE`) and apply again.',
  },
  SP2256: {
    title: 'cron refuses the mode or owner of the crontab',
    explanation:
      'A system crontab has to belong to root and must not be writable to group or others; the crontab of a user has to have the mode 0600 and belong to that user or to root. Else cron says so in its log and runs none of its jobs. Look who may have written to it, then put mode and owner right.',
  },
  SP2257: {
    title: 'a setting would reach jobs of somebody else',
    explanation: `In a crontab a setting acts on every job below it, and nothing takes it back. \`environment:\` is for the jobs of its resource, so setpoint puts it below all other jobs and above its own. Here a job of somebody else stands below, and would run with another environment than now.

Move that line above the first line that setpoint marks, or declare these jobs in a file of their own in /etc/cron.d: the simplest way to have an environment of one's own. Taking a setting back is not refused, but told.`,
  },
  SP2258: {
    title: 'jobs run with the environment of others',
    explanation:
      'A setting acts on every job below it. Somebody put a job below the settings of this resource, or another setting of the same name between them and its jobs. Nothing is wrong with the file, but one of the two does not run as its owner meant: move the line that the message names.',
  },
  SP2259: {
    title: 'the same job stands there without a marker',
    explanation:
      'setpoint owns the lines below its markers and no others, so a job that was there before is not taken over: its own line is added, and both run. Take the other line out by hand, before or after applying.',
  },
  SP2260: {
    title: 'the host has no such user',
    explanation:
      'Cron ignores a whole system crontab in which a job names a user that does not exist, and the crontab of a user that does not exist. `/etc/passwd` of the host has no such name, and `/etc/nsswitch.conf` names no other source. Make the user first, or correct the name.',
  },
  SP2261: {
    title: 'it cannot be told whether the user exists',
    explanation:
      '`/etc/passwd` of the host has no such name, or cannot be read; users may come from elsewhere (`/etc/nsswitch.conf`: LDAP, sss). Should the user not exist, cron ignores the whole crontab. Look with `getent passwd NAME`.',
  },
  SP2262: {
    title: 'a line of somebody else may stop the whole crontab',
    explanation:
      "Cron ignores a crontab as a whole when it cannot read one of its lines, also the jobs that are in order. The line that the message names has no schedule that cron is known to read. It is not setpoint's, so it stays: put it right by hand, and look into the log of cron.",
  },
  SP2263: {
    title: 'the crontab is longer than cron takes',
    explanation:
      'A crontab of more than 10000 lines is ignored as a whole. Declare the jobs in a file of their own in /etc/cron.d.',
  },
  SP2264: {
    title: 'the first crontab of the user cannot be made',
    explanation:
      'The first crontab of a user is made as crontab(1) makes it: it belongs to the user and the group crontab, mode 0600. For that setpoint has to run as root, and `/etc/passwd` and `/etc/group` of the host have to name the user and the group crontab. Where they do not (the user comes from LDAP, or cron is not installed), make an empty one as root: `crontab -u NAME /dev/null`. It keeps its owner and mode from then on.',
  },
  SP2265: {
    title: 'the user of a job is missing, or has no place',
    explanation:
      'In /etc/crontab and /etc/cron.d each job names the user that it runs as: `user: root`. In the crontab of a user (`user:` of the resource) all jobs run as that user, and a name in the line would be a part of the command.',
  },
  SP2266: {
    title: 'only crontab(1) writes this crontab',
    explanation:
      "Ordinary users may not look into the spool of cron: their crontab is read and written by crontab(1), which replaces it as a whole. Plans do so, in a run that can take it back. Other ways of writing a file do not; and the crontab of somebody else is root's to manage.",
  },
  SP2267: {
    title: 'the crontab of this user cannot be read',
    explanation:
      'setpoint reads the crontab of the ordinary user who runs it with `crontab -l`. That failed: crontab(1) is missing from PATH, `/etc/cron.allow` or `/etc/cron.deny` keep the user from it, or it did not end within 20 seconds. Nothing was written.',
  },
  SP2268: {
    title: 'crontab(1) did not take the crontab',
    explanation:
      'setpoint gives the whole new crontab to `crontab -` (or has an empty one removed by `crontab -r`) and reads it back. crontab(1) replaces the crontab as a whole or not at all, so the old one stands where it refuses: a line that it cannot read, a full disk, `/etc/cron.deny`, no end within 20 seconds. Its own words are in the message.',
  },
} as const satisfies Record<string, CodeEntry>;
