/**
 * Does a number of YAML or JSON, as it is written, come back from the value that JavaScript has of it? Not where it has more digits than
 * fit (`12345678901234567890`, `0.1234567890123456789`). How it is written (`1.50`, `1e3`, `0x10`) does not count.
 */
export function isExact(source: string, value: number): boolean {
  if (/^[-+]?0[xo]/i.test(source)) return Number.isSafeInteger(value);
  return digitsOf(source) === digitsOf(String(value));
}

/** Digits without zeros at the ends, and the power of ten behind them; the sign is always kept. */
function digitsOf(text: string): string {
  const [, whole = '', fraction = '', power = '0'] =
    /^[-+]?(\d*)\.?(\d*)(?:e([-+]?\d+))?$/i.exec(text) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const kept = digits.replace(/0+$/, '');
  const exponent = Number(power) - fraction.length + digits.length - kept.length;
  return kept === '' ? '0' : `${kept}e${exponent}`;
}
