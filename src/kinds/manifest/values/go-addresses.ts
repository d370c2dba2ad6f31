/** Rule: Go net.ParseIP: no zone, no brackets, no leading zeros in IPv4. */
export function isGoIp(text: string): boolean {
  return text.includes(':') ? isIpv6(text) : isIpv4(text);
}

function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return (
    parts.length === 4 &&
    parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)
  );
}

/** Eight groups, the last two of which may be IPv4; `::` once, for one group at least. */
function isIpv6(text: string): boolean {
  const last = text.slice(text.lastIndexOf(':') + 1);
  if (last.includes('.') && !isIpv4(last)) return false;
  const whole = last.includes('.') ? `${text.slice(0, -last.length)}0:0` : text;
  const halves = whole.split('::');
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  if (!groups.every((group) => /^[\dA-Fa-f]{1,4}$/.test(group))) return false;
  return halves.length === 1 ? groups.length === 8 : halves.length === 2 && groups.length < 8;
}

/** Rule: k8s.io/utils net ParseIPSloppy, which takes leading zeros as Go did before 1.17. */
export function isSloppyIp(text: string): boolean {
  return isGoIp(text.replaceAll(/(^|[:.])0+(?=[\dA-Fa-f])/g, '$1'));
}

/** An address, or an address and a port. Rule: kubernetes/kubernetes pkg/util/flag flags.go (IPPortVar). */
export function isIpPort(text: string): boolean {
  if (isSloppyIp(text)) return true;
  const [, bracketed, plain, port = ''] = /^(?:\[([^[\]]*)\]|([^:[\]]*)):(\d+)$/.exec(text) ?? [];
  return isSloppyIp(bracketed ?? plain ?? '') && Number(port) <= 65535;
}

/** `A-B`, `A+COUNT` or one port. Rule: k8s.io/apimachinery pkg/util/net port_range.go. */
export function isPortRange(text: string): boolean {
  const match = /^([+-]?\d+)$|^(\d+)([+-])(\d+)$/.exec(text.trim());
  if (match === null) return text.trim() === '';
  const [, single, from, sign, to] = match;
  const low = Number(single ?? from);
  const high = sign === undefined ? low : sign === '-' ? Number(to) : low + Number(to);
  return low <= high && high <= 65535;
}

/** Where an address of etcd leads: to a host and port, or to a socket (`host: null`). */
export interface EtcdUrl {
  readonly host: string | null;
}

/**
 * An address of etcd; `null` where it is certain that it is none: `http://HOST:PORT` without a path, or a socket. Rule:
 * go.etcd.io/etcd/client/pkg/v3/types urls.go, Go net.SplitHostPort.
 */
export function parseEtcdUrl(text: string): EtcdUrl | null {
  const url = text.trim();
  if (/^unixs?:/i.test(url)) return { host: null };
  const authority = /^https?:\/\/([^/?#]*)(?:[?#].*)?$/i.exec(url)?.[1];
  if (authority === undefined) return null;
  const address = authority.slice(authority.lastIndexOf('@') + 1);
  const [, bracketed, plain] = /^(?:\[([^[\]]*)\]|([^:[\]]*)):\d*$/.exec(address) ?? [];
  const host = bracketed ?? plain;
  return host === undefined ? null : { host };
}
