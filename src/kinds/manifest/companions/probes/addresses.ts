/** Whether a host name or address is this machine's loopback: Go resolves `localhost` to one of these. */
export function isLoopback(host: string): boolean {
  const bare = bareHost(host);
  return bare === 'localhost' || bare === '::1' || /^127(\.\d{1,3}){3}$/.test(bare);
}

/** Listens on every address, IPv4 and IPv6 (Go net.Listen: an unspecified literal address means all of them). */
export function isWildcard(host: string): boolean {
  return ['', '0.0.0.0', '::', '*'].includes(bareHost(host));
}

/**
 * Whether a listener on `listener` answers a probe to `host`; `null` = the pod's own address, which for a control-plane pod is
 * the node's: a loopback listener does not answer there, one on a single address can not be told and counts as answering.
 */
export function answers(listener: string, host: string | null): boolean {
  if (isWildcard(listener)) return true;
  if (host === null || host === '') return !isLoopback(listener);
  if (isLoopback(listener)) return isLoopback(host) && !differ(listener, host);
  return bareHost(listener) === bareHost(host);
}

/** 127.0.0.1 and 127.0.0.2 are two; `localhost` may be any of them. */
function differ(a: string, b: string): boolean {
  const both = [bareHost(a), bareHost(b)];
  return !both.includes('localhost') && both[0] !== both[1];
}

/** As a probe writes it: `localhost` as an address, no brackets. */
export function probeHost(listener: string): string {
  const bare = bareHost(listener);
  return isWildcard(bare) || bare === 'localhost' ? '127.0.0.1' : bare;
}

function bareHost(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
}
