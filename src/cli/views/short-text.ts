import { printable } from '../../diagnostics/printable.ts';

/** First 12 digits of a commit, digest or hash; `sha256:` goes. */
export function shortId(id: string): string {
  return printable(id.replace(/^sha256:/, '').slice(0, 12));
}

/** An item's value on one line: safe for a terminal, hashes shortened, `absent` for null. */
export function valueText(value: string | null): string {
  if (value === null) return 'absent';
  if (value === '') return '""';
  const short = value.replaceAll(/\b([0-9a-f]{12})[0-9a-f]{52}\b/g, '$1…');
  return printable(short.replaceAll('\n', '↵'));
}

/** `text` cut to `width` columns with `…` in the middle, so that the end of a long path or list stays visible. */
export function cutMiddle(text: string, width: number): string {
  if (text.length <= width) return text;
  const room = Math.max(width - 1, 2);
  const head = Math.ceil(room / 2);
  return `${text.slice(0, head)}…${text.slice(text.length - (room - head))}`;
}

/** Milliseconds for people: `340 ms`, `6.2 s`, `4 min 5 s`. */
export function durationText(millis: number): string {
  if (millis < 1000) return `${Math.round(millis)} ms`;
  const seconds = millis / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
