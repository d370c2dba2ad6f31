/** The files that the fault tests change: a watched one that exists, and a new one whose directory is missing. */
export const WATCHED = '/etc/app/manifests/a.yaml';
export const CREATED = '/etc/app/new/b.conf';

/** Written in place; a bind mount where the test may mount. */
export const IN_PLACE = '/etc/app/mounted.conf';
