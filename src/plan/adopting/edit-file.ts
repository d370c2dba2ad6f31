import { isUtf8 } from 'node:buffer';
import { fail, ok } from '../../diagnostics/diagnostic.ts';
import type { Result } from '../../diagnostics/diagnostic.ts';
import type { Code } from '../../diagnostics/codes/index.ts';
import { MODE_KEY } from '../../kinds/file/file-kind.ts';
import { lineStart } from '../../kinds/manifest/text/source-lines.ts';
import type { TextSplice } from '../../kinds/manifest/text/text-splice.ts';
import type { FileSpec } from '../../model/plan-file.ts';
import { escapeReferences } from '../files/references.ts';
import { report } from '../files/source-file.ts';
import { itemName } from './adoption.ts';
import type { EditContext, ItemToAdopt, PlanEdit, SourceEdit } from './adoption.ts';
import { editScalar } from './edit-scalar.ts';
import { endOf } from './insert-pair.ts';
import { nextLine } from './lines.ts';
import { noPlace, placeOf } from './place.ts';
import type { Place } from './place.ts';
import type { PlanText } from './plan-text.ts';
import { scalarText } from '../../structured/scalar-text.ts';
import type { ScalarText } from '../../structured/scalar-text.ts';
import { settingOf, spliceValue } from './splice-value.ts';

/** What the content or the mode of a file needs changed. Fails with SP3080, SP3081, SP3082, SP3083. */
export function editFile(
  plan: PlanText,
  resource: string,
  spec: FileSpec,
  item: ItemToAdopt,
  context: EditContext,
): Result<PlanEdit | SourceEdit> {
  const path = ['resources', resource];
  const { bytes } = item;
  if (item.key === MODE_KEY) {
    if (item.live === null)
      return refuse(
        plan,
        'SP3083',
        `${itemName(item)} went with the file`,
        'adopt its content, too',
      );
    return editScalar(plan, [...path, 'mode'], { text: item.live, mustBeText: true }, context);
  }
  if (bytes === null) return declareAbsent(plan, path, item);
  if (spec.source !== null) return ok({ source: spec.source, bytes });
  if (!isUtf8(bytes) || bytes.includes(0)) {
    const message = `${item.path} is no text that a plan file can hold`;
    const help = 'copy it into the workspace and name it by source instead of content';
    return refuse(plan, 'SP3082', message, help);
  }
  const text = Buffer.from(bytes).toString('utf8');
  if (spec.content === null) return declareContent(plan, path, text);
  return editScalar(plan, [...path, 'content'], { text, mustBeText: true }, context);
}

function refuse(plan: PlanText, code: Code, message: string, help: string): Result<never> {
  const { nameSpan, tree } = plan.document;
  return fail(report(tree.file, code, nameSpan, message, help));
}

/** `absent: true` instead of what the file had; its mode goes, too. */
function declareAbsent(
  plan: PlanText,
  path: readonly string[],
  item: ItemToAdopt,
): Result<PlanEdit> {
  const content = anyOf(plan, path, ['content', 'source']);
  if (!content.ok) return content;
  const mode = placeOf(plan, [...path, 'mode']);
  if (!mode.ok) return mode;
  if (content.value === null) return fail(noPlace(plan, itemName(item)));
  const taken = mode.value === null ? [] : [removePair(plan.text, mode.value)];
  return ok({
    splices: [
      ...replacePair(plan.text, content.value, 'absent', { inline: 'true', lines: '' }),
      ...taken,
    ],
    paths: ['content', 'source', 'absent', 'mode'].map((key) => [...path, key]),
    structural: false,
  });
}

function declareContent(plan: PlanText, path: readonly string[], text: string): Result<PlanEdit> {
  const absent = placeOf(plan, [...path, 'absent']);
  if (!absent.ok) return absent;
  if (absent.value === null) return fail(noPlace(plan, `${path.join('.')}.absent`));
  const setting = { ...settingOf(plan, absent.value), form: 'plain', mustBeText: true } as const;
  const written = scalarText(escapeReferences(text), setting);
  return ok({
    splices: replacePair(plan.text, absent.value, 'content', written),
    paths: ['content', 'absent'].map((key) => [...path, key]),
    structural: false,
  });
}

function anyOf(
  plan: PlanText,
  path: readonly string[],
  keys: readonly string[],
): Result<Place | null> {
  for (const key of keys) {
    const found = placeOf(plan, [...path, key]);
    if (!found.ok || found.value !== null) return found;
  }
  return ok(null);
}

function replacePair(
  text: string,
  { pair }: Place,
  key: string,
  written: ScalarText,
): readonly TextSplice[] {
  const [start, end] = pair.key.range;
  const value = pair.value === null ? [] : spliceValue(text, pair.value, written);
  return [{ start, end, text: key }, ...value];
}

/** With its lines, or with the comma before it. */
function removePair(text: string, { map, pair, inFlow }: Place): TextSplice {
  const end = endOf(pair);
  if (!inFlow) {
    const next = text[end - 1] === '\n' ? end : nextLine(text, end);
    return { start: lineStart(text, pair.key.range[0]), end: next, text: '' };
  }
  const before = map.items[map.items.indexOf(pair) - 1];
  const after = map.items[map.items.indexOf(pair) + 1];
  if (before !== undefined) return { start: endOf(before), end, text: '' };
  return { start: pair.key.range[0], end: after?.key.range[0] ?? end, text: '' };
}
