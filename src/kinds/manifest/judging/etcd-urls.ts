import { isGoIp, parseEtcdUrl } from '../values/go-addresses.ts';

/** etcd binds to these and looks no name up but this one (go.etcd.io/etcd/server/v3 embed config.go, checkBindURLs; 3.4 to 3.7). */
const BOUND: ReadonlySet<string> = new Set([
  'listen-client-http-urls',
  'listen-client-urls',
  'listen-metrics-urls',
  'listen-peer-urls',
]);
const LOCAL = 'localhost';

/** Others are told these, so that a name will do (the same, checkHostURLs). */
const ADVERTISED: ReadonlySet<string> = new Set([
  'advertise-client-urls',
  'initial-advertise-peer-urls',
]);

/** Why etcd would refuse a text as the URLs of a flag, for a sentence; `null`: it takes it. */
export function etcdUrlsProblem(flag: string, text: string): string | null {
  // No value, and for `cors` the asterisk, are exceptions of the flag (go.etcd.io/etcd/server/v3 etcdmain/config.go).
  if (text === '' || text === '*') return null;
  const urls = text.split(',').map(parseEtcdUrl);
  if (urls.includes(null)) return 'takes URLs such as https://127.0.0.1:2379, without a path';
  const hosts = urls.flatMap((url) => (url === null || url.host === null ? [] : [url.host]));
  if (BOUND.has(flag) && !hosts.every((host) => host === LOCAL || isGoIp(host))) {
    return 'takes URLs with an IP address, or localhost, to listen on';
  }
  if (ADVERTISED.has(flag) && hosts.includes('')) return 'takes URLs with a host';
  return null;
}
