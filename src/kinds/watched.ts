import type { HostPath } from '../model/brand.ts';

/**
 * Directories whose consumers act on any new name in them, so that staging files, backups and half-written files must never
 * stand there: the kubelet (config/file_linux.go), cron and run-parts, sudo, systemd.
 */
const WATCHED: readonly RegExp[] = [
  /^\/etc\/kubernetes\/manifests$/,
  /\/pod-manifests$/,
  /\/static-pods?$/,
  /^\/etc\/cron\.(d|hourly|daily|weekly|monthly)$/,
  /^\/var\/spool\/cron(\/crontabs|\/tabs)?$/,
  /^\/etc\/sudoers\.d$/,
  /^\/(etc|run|lib|usr\/lib|usr\/local\/lib)\/systemd\/(system|user|network)(\/[^/]+\.d)?$/,
];

/** Whether a file lies directly in a directory that a consumer watches or reads by pattern. */
export function watchedDirectory(path: HostPath): boolean {
  const directory = path.slice(0, path.lastIndexOf('/'));
  return WATCHED.some((pattern) => pattern.test(directory));
}
