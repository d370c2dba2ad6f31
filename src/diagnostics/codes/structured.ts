import type { CodeEntry } from './entry.ts';

/** SP220x: edits of YAML and JSON files by path. */
export const structuredCodes = {
  SP2200: {
    title: 'the file is not text that can be edited',
    explanation:
      'The bytes are not valid UTF-8, or hold characters that readers of YAML take differently: control characters, a carriage return alone, or the line separators U+0085, U+2028 and U+2029. Save the file as UTF-8 without them.',
  },
  SP2201: {
    title: 'the file is too large, too deep or stands for too much',
    explanation:
      'setpoint edits files of up to 8 MiB, 500,000 lines, keys and entries, and 1000 levels: one of that many takes seconds and several hundred MiB to read. Aliases that stand for aliases can make a small file stand for more than fits into memory; such a file is not read. Check that the path is the right one.',
  },
  SP2202: {
    title: 'the file is not valid YAML or JSON',
    explanation:
      'A file is edited only when it parses without an error, since nobody knows what a change of a broken one means. A path that ends in .json must hold JSON; other files may hold either. Correct the place that is shown.',
  },
  SP2203: {
    title: 'a key is given twice in the file',
    explanation:
      'Readers disagree about which of two equal keys of a map counts, so what the file means is not certain. Keep one of them.',
  },
  SP2204: {
    title: 'the file holds several documents',
    explanation:
      'It is not certain which of the documents in the file is meant. Give each a file of its own.',
  },
  SP2205: {
    title: 'what would be edited has an anchor, an alias or a tag',
    explanation:
      'A value with an anchor is repeated elsewhere, one with a tag or a merge key means something that its text alone does not tell: a change there could change more than this place. Write the values out at this place, then try again. Anchors elsewhere in the file are no hindrance.',
  },
  SP2206: {
    title: 'there is no such place in the file',
    explanation:
      'The path leads through something of another type (a text where a list is expected), or two entries of a list have the same name, so that it is not certain which one is meant. Correct the file, or the path.',
  },
  SP2207: {
    title: 'the edit of the file would not be safe',
    explanation:
      'Every edit is read back before it is used: it must decode to exactly what was wanted, everything else unchanged. This one did not, so nothing was changed. Edit the file by hand, and please report it.',
  },
  SP2208: {
    title: 'what was recorded of a place in a file is not understood',
    explanation:
      'The record tells how a place of the file looked before it was managed. It was written by another version of setpoint, or was changed.',
  },
  SP2209: {
    title: 'a comment between brackets is in the way',
    explanation:
      'The entry stands in a list or map between brackets, with a comment beside it; whose comment it is, is not certain. Remove the comment, or write the list with one entry a line and dashes.',
  },
  SP2210: {
    title: 'the value cannot be written to the file',
    explanation:
      'YAML and JSON files hold finite numbers and text of whole characters; an entry of a list must carry the name by which it is found.',
  },
} as const satisfies Readonly<Record<string, CodeEntry>>;
