import type { AuditResult } from '../../../operations/results.ts';
import type { ViewOptions } from '../view-options.ts';
import { auditJunit } from './audit-junit.ts';
import { auditMarkdown } from './audit-markdown.ts';
import { auditSarif } from './audit-sarif.ts';
import { auditTable } from './audit-table.ts';

/** An audit in the format that was asked for; as JSON it is an envelope, which is not made here. */
export function auditText(
  result: AuditResult,
  format: 'json' | 'junit' | 'markdown' | 'sarif' | 'table',
  options: ViewOptions,
  toolVersion: string,
): string {
  switch (format) {
    case 'junit':
      return auditJunit(result);
    case 'markdown':
      return auditMarkdown(result);
    case 'sarif':
      return auditSarif(result, toolVersion);
    case 'json':
    case 'table':
      break;
  }
  return auditTable(result, options);
}
