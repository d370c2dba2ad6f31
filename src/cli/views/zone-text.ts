import { printableLine } from '../../diagnostics/printable.ts';

/** The zone of a schedule. Null: nobody named one, and what the machine has that will run it is not known here. */
export function zoneText(zone: string | null): string {
  return zone === null ? "the machine's zone; shown as if UTC" : printableLine(zone);
}
