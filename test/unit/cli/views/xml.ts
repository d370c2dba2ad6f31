export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

const NAME = '[A-Za-z_][A-Za-z0-9._-]*';
const ATTRIBUTE = new RegExp(`^\\s+(${NAME})="([^"<]*)"`);
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

/** The root of a document with elements, attributes, text and character references. Throws where it is not well-formed XML 1.0. */
export function parseXml(document: string): XmlElement {
  const rest = document.replace(/^<\?xml version="1\.0"(?: encoding="UTF-8")?\?>\s*/, '');
  const { element, after } = parseElement(rest);
  if (after.trim() !== '') throw new Error(`after the root: ${after.slice(0, 40)}`);
  return element;
}

function parseElement(given: string): { readonly element: XmlElement; readonly after: string } {
  const name = new RegExp(`^<(${NAME})`).exec(given)?.[1];
  if (name === undefined) throw new Error(`no element: ${given.slice(0, 40)}`);
  let rest = given.slice(name.length + 1);
  const attributes: Record<string, string> = {};
  for (let match = ATTRIBUTE.exec(rest); match !== null; match = ATTRIBUTE.exec(rest)) {
    const [whole, key = '', value = ''] = match;
    if (Object.hasOwn(attributes, key)) throw new Error(`twice: ${key}`);
    attributes[key] = decoded(value);
    rest = rest.slice(whole.length);
  }
  const end = /^\s*(\/?)>/.exec(rest);
  if (end === null) throw new Error(`tag does not end: ${rest.slice(0, 40)}`);
  rest = rest.slice(end[0].length);
  const children: XmlElement[] = [];
  let text = '';
  if (end[1] === '/') return { element: { name, attributes, children, text }, after: rest };
  while (!rest.startsWith(`</${name}>`)) {
    const run = /^[^<]+/.exec(rest)?.[0] ?? '';
    text += decoded(run);
    rest = rest.slice(run.length);
    if (rest === '' || (rest.startsWith('</') && !rest.startsWith(`</${name}>`))) {
      throw new Error(`${name} is not closed: ${rest.slice(0, 40)}`);
    }
    if (!rest.startsWith('</')) {
      const child = parseElement(rest);
      children.push(child.element);
      rest = child.after;
    }
  }
  return { element: { name, attributes, children, text }, after: rest.slice(name.length + 3) };
}

function decoded(text: string): string {
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/.test(text)) {
    throw new Error('a character that XML cannot hold');
  }
  return text.replaceAll(/&([^;]*;?)/g, (_whole, reference: string) => {
    const body = reference.slice(0, -1);
    if (!reference.endsWith(';')) throw new Error(`& alone: ${reference}`);
    if (/^#\d+$/.test(body)) return String.fromCodePoint(Number(body.slice(1)));
    const char = ENTITIES[body];
    if (char === undefined) throw new Error(`unknown entity: ${body}`);
    return char;
  });
}
