const FLAG = '--([a-z0-9][a-zA-Z0-9=-]*)';
const INSTEAD = new RegExp(
  `\\b(?:use|favou?r of|replaced by) (?:the )?[\`'"]?${FLAG}(?:[\`'"]? or [\`'"]?${FLAG})?`,
  'i',
);

/** The facts of a deprecation text, in our own words: since when, until when, what instead. */
export function deprecationNote(text: string): string {
  const since = /deprecated (?:in|since)(?: Kubernetes)? v?(\d+\.\d+)/i.exec(text)?.[1];
  const removed = /(?:remov|decommission)[a-z]*\b[^.]*? v?(\d+\.\d+( or later)?)/i.exec(text)?.[1];
  const [, instead, other] = INSTEAD.exec(text) ?? [];
  const facts = [
    since === undefined ? null : `since ${since}`,
    /no effect|no-op|ignor|no longer/i.test(text) ? 'no effect' : null,
    removed === undefined ? null : `to be removed in ${removed}`,
    instead === undefined
      ? null
      : `instead: --${instead}${other === undefined ? '' : ` or --${other}`}`,
    /config(?:uration)? file/i.test(text) ? 'belongs in the configuration file' : null,
  ].filter((fact) => fact !== null);
  return facts.length === 0 ? 'deprecated' : facts.join('; ');
}
