import { randomBytes } from 'node:crypto';

const PATTERN = /^\.setpoint-[0-9a-f]{16}\.tmp$/;

/**
 * A fresh name for a file that is not finished yet. The leading dot hides it from the kubelet (file.go
 * extractFromDir), systemd and sudoers.d, the dot inside from Debian's cron; the length does not depend on the target's
 * name, so that a 255-byte name can still be replaced.
 * `seed`: at least 8 bytes, for a name that can be found again.
 */
export function temporaryName(seed: Uint8Array = randomBytes(8)): string {
  return `.setpoint-${Buffer.from(seed).toString('hex', 0, 8)}.tmp`;
}

/** Whether `name` was made by {@link temporaryName}: what a sweep after a crash may remove. */
export function isTemporaryName(name: string): boolean {
  return PATTERN.test(name);
}
