import { errorText } from './one-line.ts';

const NOT_TRUSTED = new Set([
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'INVALID_CA',
]);

const PLAIN: Readonly<Record<string, (target: string) => string>> = {
  ECONNREFUSED: (t) => `connection refused: nothing listens on ${t}`,
  ECONNRESET: (t) => `${t} closed the connection without an answer`,
  EPIPE: (t) => `${t} closed the connection without an answer`,
  ETIMEDOUT: (t) => `no connection to ${t}: timed out`,
  EHOSTUNREACH: (t) => `${t} is not reachable (no route to host)`,
  ENETUNREACH: (t) => `${t} is not reachable (no network)`,
  ENOTFOUND: (t) => `the name in ${t} is not known (DNS)`,
  EAI_AGAIN: (t) => `the name in ${t} cannot be looked up now (DNS does not answer)`,
  EMFILE: () => 'too many open files in this process',
  CERT_HAS_EXPIRED: (t) => `the certificate of ${t} has expired`,
  CERT_NOT_YET_VALID: (t) => `the certificate of ${t} is not valid yet: is a clock wrong?`,
};

/** What a failed connection means and what to do, in one line. `target` is `host:port` or a URL. */
export function describeConnectionError(error: unknown, target: string): string {
  const code = errorCode(error);
  const plain = PLAIN[code];
  if (plain !== undefined) return plain(target);
  if (NOT_TRUSTED.has(code)) {
    return `the certificate of ${target} is not signed by a trusted CA (${code}): give its CA with \`ca:\` or \`kubeconfig:\``;
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return `the certificate of ${target} is for another name: use a name it holds (${errorText(error)})`;
  }
  // OpenSSL's words arrive as ERR_SSL_… or, from a failed write, as EPROTO with the words in the message.
  const words = `${code} ${errorText(error)}`.replaceAll('_', ' ').toLowerCase();
  if (/alert (certificate|bad certificate|handshake failure|unknown ca)/u.test(words)) {
    return `${target} does not accept the client certificate, or wants one: give \`cert:\` and \`key:\` (${code})`;
  }
  if (/wrong version number|packet length too long/u.test(words)) {
    return `${target} does not speak TLS: is it http?`;
  }
  if (code.startsWith('HPE_')) return `${target} does not speak HTTP: is it https? (${code})`;
  return `${target}: ${errorText(error) || code || 'connection failed'}`;
}

function errorCode(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}
