import path from 'node:path';
import type { CheckSpec } from '../model/check.ts';
import { oneLine } from './one-line.ts';

/** One line for people, e.g. `http https://127.0.0.1:2379/health`, `process etcd --name=cp-1 …`. At most 100 characters. */
export function describeCheck(check: CheckSpec): string {
  switch (check.kind) {
    case 'http': {
      const method = check.method === undefined || check.method === 'GET' ? '' : `${check.method} `;
      return oneLine(`http ${method}${withoutCredentials(check.url)}`, 100);
    }
    case 'tcp':
      return oneLine(`tcp ${endpoint(check.host, check.port)}`, 100);
    case 'command':
      return oneLine(`command ${check.run.join(' ')}`, 100);
    case 'etcd-quorum':
      return oneLine(`etcd-quorum ${check.endpoints.map(withoutCredentials).join(' ')}`, 100);
    case 'cis':
      return `${check.version}/${check.row} of ${oneLine(check.path, 60)}`;
    case 'process':
      break;
  }
  return `process ${describeArgv(check.argv)}`;
}

/** Program name and as many arguments as fit in 60 characters. */
export function describeArgv(argv: readonly string[]): string {
  const [program = '', ...rest] = argv;
  return oneLine([path.basename(program), ...rest].join(' '), 60);
}

export function endpoint(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** A URL's user and password are never shown. */
export function withoutCredentials(url: string): string {
  return url.replace(/^([a-z]+:\/\/)[^/?#]*@/iu, '$1');
}
