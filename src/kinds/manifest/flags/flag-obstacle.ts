import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { listOf } from '../pod/container.ts';
import { refusal } from '../../../structured/refusal.ts';
import type { Spot } from '../../../structured/refusal.ts';
import { layoutObstacle } from '../text/list-layout.ts';
import type { CommandLine } from './command-line.ts';
import { spanOf } from './flag-span.ts';
import type { FlagToken } from './token.ts';

/**
 * Why an occurrence of a flag cannot be edited, with its place; `null` when it can. SP2016 (whether the next item is its value is not
 * known), SP2042 (its value is missing), SP2040 (a line break in it), SP2018 (not on lines of its own).
 */
export function obstacleOf(line: CommandLine, flag: FlagToken): Diagnostic | null {
  const { path, text } = line.container.source;
  const spot = { path, text, offset: flag.item.start };
  const shown = `--${flag.name}`;
  if (flag.follower !== null) {
    const what = `${shown} and "${flag.follower.text}" are two items, and whether they belong together is not known for this image`;
    return refusal('SP2016', spot, what, `write it as one item: ${shown}=VALUE`);
  }
  if (flag.lacksValue) {
    const what = `${shown} takes a value, and nothing follows it`;
    const help = `the component does not start with it: write ${shown}=VALUE, or remove the item`;
    return refusal('SP2042', spot, what, help);
  }
  return lineBreak(flag, spot, shown) ?? (spanOf(line, flag) === null ? laidOut(line, flag) : null);
}

function lineBreak({ item, valueItem }: FlagToken, spot: Spot, shown: string): Diagnostic | null {
  const held = /[\r\n]/.test(item.text) ? item : valueItem;
  if (held === null || !/[\r\n]/.test(held.text)) return null;
  const isBlock = held.style === 'block';
  if (isBlock && !/[\r\n]/.test(held.text.trimEnd())) {
    const what = `${shown} ends in a line break, which its \`|\` or \`>\` keeps`;
    const help = 'write `|-` or `>-`: the component gets the line break as a part of the value';
    return refusal('SP2040', { ...spot, offset: held.start }, what, help);
  }
  const what = `${shown} holds a line break`;
  const help =
    'a plan file cannot hold such a value: write it on one line in the manifest, or take the flag out of the plan file and leave it as it is';
  return refusal('SP2040', { ...spot, offset: held.start }, what, help);
}

function laidOut(line: CommandLine, { item, valueItem, name }: FlagToken): Diagnostic {
  const { path, text } = line.container.source;
  for (const one of [item, valueItem]) {
    const list = one === null ? null : listOf(line.container, one.list);
    const obstacle = one === null || list === null ? null : layoutObstacle(text, list, one);
    if (one === null || obstacle === null) continue;
    const what = `--${name} cannot be edited in this layout: ${obstacle.what}`;
    return refusal('SP2018', { path, text, offset: one.start }, what, obstacle.help);
  }
  const apart =
    valueItem?.list === item.list
      ? 'a comment or a blank line stands between it and its value'
      : 'its value is the first item of args';
  const what = `--${name} cannot be edited in this layout: ${apart}`;
  const help = `write it as one item: --${name}=VALUE`;
  return refusal('SP2018', { path, text, offset: item.start }, what, help);
}
