/**
 * Environment for setpoint and git that is the same on every machine: no git configuration but what a test puts into `home`, no CI
 * variables, no colours; commits are made by a fixed person.
 */
export function cleanEnvironment(home: string): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: home,
    // Crash reports go there, too.
    TMPDIR: home,
    LANG: 'C.UTF-8',
    NO_COLOR: '1',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'Olivia Operator',
    GIT_AUTHOR_EMAIL: 'olivia@example.org',
    GIT_COMMITTER_NAME: 'Olivia Operator',
    GIT_COMMITTER_EMAIL: 'olivia@example.org',
  };
}
