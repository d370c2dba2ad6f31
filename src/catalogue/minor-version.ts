/** `1.34` of `1.34`, `v1.34.2`, `1.34.2-rc.1`, `v1.34.2+rke2r1`, `3.5.21-0`; `null` for what is no version. */
export function minorVersion(text: string): string | null {
  const match = /^v?(0|[1-9]\d*)\.(0|[1-9]\d*)(?:[.+_-].*)?$/.exec(text);
  return match === null ? null : `${match[1]}.${match[2]}`;
}

/** Order of two minor versions: below, at or above zero. */
export function compareMinor(a: string, b: string): number {
  const [major, minor] = numbers(a);
  const [otherMajor, otherMinor] = numbers(b);
  return major - otherMajor || minor - otherMinor;
}

function numbers(version: string): readonly [number, number] {
  const [major = '0', minor = '0'] = version.split('.');
  return [Number(major), Number(minor)];
}
