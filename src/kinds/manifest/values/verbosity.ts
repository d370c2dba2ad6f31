/**
 * `PATTERN=LEVEL` between commas, levels in plain decimal digits. Rule: k8s.io/component-base logs/api/v1 pflags.go
 * (vmoduleConfigurationPFlag).
 */
export function isVerbosityByFile(text: string): boolean {
  const parts = text.split(',').filter((part) => part !== '');
  return parts.every((part) => {
    const level = /^[^=]+=(\d+)$/.exec(part)?.[1];
    return level !== undefined && BigInt(level) < 2n ** 31n;
  });
}
