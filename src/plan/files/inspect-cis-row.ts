import { BENCHMARKED } from '../../catalogue/cis/row.ts';
import type { CisRow } from '../../catalogue/cis/row.ts';
import { CIS_ROWS, findRow, versionsWith } from '../../catalogue/cis/rows.ts';
import { CIS_VERSIONS, isCisVersion } from '../../catalogue/cis/versions.ts';
import { quoted } from '../../diagnostics/printable.ts';
import { suggestion } from '../../diagnostics/suggest.ts';
import { readCisRow } from './cis-row.ts';
import { complain, literal, type Inspection } from './inspection.ts';
import { child, entries, items, type MapNode, type SourceNode } from './source-tree.ts';

const FORM = /^cis(?:-\d+\.\d+)?\/\d+(?:\.\d+)+$/;

/** A row that is none, that no flag decides, or that is about another component than the container by its name (SP4150, SP4154). */
export function inspectCisRow(
  inspection: Inspection,
  node: SourceNode,
  resource: SourceNode,
): void {
  const text = literal(inspection, node);
  // What has another form was refused by the schema.
  if (text === null || !FORM.test(text)) return;
  const { version, row } = readCisRow(text);
  const found = CIS_ROWS.find(
    (one) => one.id === row && (version === null || one.versions.some((v) => v === version)),
  );
  if (found === undefined) {
    complainUnknown(inspection, node, version, row);
    return;
  }
  if (found.demands.some(({ rule }) => rule.op === 'manual' && rule.unset !== 'pass')) {
    const message = `no flag decides row ${row}: a person has to look`;
    complain(inspection, 'SP4150', node, message, 'take it out of the audits');
  }
  const container = literal(inspection, child(resource, 'container'));
  if (container !== null) complainOther(inspection, node, found, container);
}

/** Rows such as `cis/1.2.15`, once it is known which version they mean (SP4155, SP4150). */
export function inspectRowsWithoutVersion(
  inspection: Inspection,
  root: MapNode,
  version: string | null,
): void {
  for (const { value } of entries(child(root, 'resources'))) {
    for (const node of items(child(value, 'audits'))) {
      const text = literal(inspection, node);
      if (text?.startsWith('cis/') !== true) continue;
      const { row } = readCisRow(text);
      if (version === null) {
        const help = 'set cis: in setpoint.yaml, or write e.g. cis-1.12/1.2.15';
        complain(inspection, 'SP4155', node, `which version of row ${row} is meant?`, help);
      } else if (!isCisVersion(version) || findRow(version, row) === null) {
        complainUnknown(inspection, node, version, row);
      }
    }
  }
}

function complainOther(
  inspection: Inspection,
  node: SourceNode,
  { id, component }: CisRow,
  container: string,
): void {
  if (container === component || !BENCHMARKED.some((one) => one === container)) return;
  const message = `row ${id} is about ${component}, not about ${container}`;
  complain(inspection, 'SP4154', node, message, `name it at the resource of ${component}`);
}

function complainUnknown(
  inspection: Inspection,
  node: SourceNode,
  version: string | null,
  row: string,
): void {
  if (version !== null && !isCisVersion(version)) {
    const message = `there is no profile ${quoted(version)}`;
    const help = suggestion(version, CIS_VERSIONS) ?? `one of: ${CIS_VERSIONS.join(', ')}`;
    complain(inspection, 'SP4150', node, message, help);
    return;
  }
  const versions = versionsWith(row);
  const where = version ?? 'any version';
  const message = `no row ${row} of ${where} is decided by flags`;
  const ids = CIS_ROWS.filter(
    (one) => version === null || one.versions.some((v) => v === version),
  ).map(({ id }) => id);
  const help =
    versions.length > 0 ? `it is in ${versions.join(', ')}` : suggestion(row, new Set(ids));
  complain(inspection, 'SP4150', node, message, help);
}
