/**
 * How many examples a property is tried on. Each run of the tests takes others, so they need not be many each time.
 * `PROPERTY_TIMES=20 npx vitest run test/property` is the long form: twenty times as many.
 */
export function runs(few: number): { readonly numRuns: number } {
  return { numRuns: Math.ceil(few * Number(process.env['PROPERTY_TIMES'] ?? 1)) };
}
