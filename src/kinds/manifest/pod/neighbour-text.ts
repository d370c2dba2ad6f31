import { isNestedTooDeeply } from '../../../structured/source-text.ts';

/** Bytes: the kubelet reads no larger file (config/file.go, maxConfigLength). */
const KUBELET_LIMIT = 10 * 1024 * 1024;

/**
 * A file beside the manifest as the kubelet's reader takes it: also UTF-16 with its mark, and every line break of YAML 1.1. More
 * than setpoint would edit, since the kubelet runs it all the same. `null`: it reads nothing.
 */
export function neighbourText(bytes: Uint8Array): string | null {
  if (bytes.length > KUBELET_LIMIT) return null;
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe
      ? 'utf-16le'
      : first === 0xfe && second === 0xff
        ? 'utf-16be'
        : 'utf-8';
  const text = decode(bytes, encoding);
  if (text === null || isNestedTooDeeply(text)) return null;
  return text.replace(/\r(?!\n)|[\u0085\u2028\u2029]/g, '\n');
}

function decode(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
