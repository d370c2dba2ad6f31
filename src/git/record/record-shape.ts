/** A test of parsed JSON: gives every problem as `<where>: <what>`, nothing when the value is as it should be. */
export type Shape = (value: unknown, at: string) => readonly string[];

function primitive(wanted: 'string' | 'number' | 'boolean', words: string): Shape {
  return (value, at) => (typeof value === wanted ? [] : [`${at}: should be ${words}`]);
}

export const text = primitive('string', 'text');
export const number = primitive('number', 'a number');
export const flag = primitive('boolean', 'true or false');

export function oneOf(...values: readonly unknown[]): Shape {
  return (value, at) =>
    values.includes(value) ? [] : [`${at}: should be one of ${values.map(String).join(', ')}`];
}

/** Text that matches `pattern`; `words` says what is meant. */
export function matching(pattern: RegExp, words: string): Shape {
  return (value, at) =>
    typeof value === 'string' && pattern.test(value) ? [] : [`${at}: should be ${words}`];
}

export function nullable(shape: Shape): Shape {
  return (value, at) => (value === null ? [] : shape(value, at));
}

export function optional(shape: Shape): Shape {
  return (value, at) => (value === undefined ? [] : shape(value, at));
}

export function list(shape: Shape): Shape {
  return (value, at) =>
    Array.isArray(value)
      ? value.flatMap((item, i) => shape(item, `${at}[${i}]`))
      : [`${at}: should be a list`];
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object with any keys, each value of `shape`. */
export function map(shape: Shape): Shape {
  return (value, at) =>
    isObject(value)
      ? Object.entries(value).flatMap(([key, item]) => shape(item, `${at}.${key}`))
      : [`${at}: should be an object`];
}

/** An object with at least these keys. Others are kept as they are: a newer version may have added them. */
export function record(fields: Readonly<Record<string, Shape>>): Shape {
  return (value, at) =>
    isObject(value)
      ? Object.entries(fields).flatMap(([key, shape]) => shape(value[key], `${at}.${key}`))
      : [`${at}: should be an object`];
}

/** Anything that is an object. */
export const anyObject: Shape = (value, at) =>
  isObject(value) ? [] : [`${at}: should be an object`];
