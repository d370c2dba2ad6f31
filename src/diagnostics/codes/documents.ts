import type { CodeEntry } from './entry.ts';

/** SP232x, SP2330: documents that programs read and write (`readDocument`, `writeDocument`, `setpoint doc`). */
export const documentCodes = {
  SP2320: {
    title: 'the document was changed since it was read',
    explanation:
      'A write names the version of the document that it was made from: the SHA-256 of its bytes, or `absent` where there was no file. The file holds something else now, so somebody else wrote it meanwhile, and nothing was written.\n\nRead it again, do the change to what it holds now, and write that. `updateDocument` of the library does both under one lock and never meets this.',
  },
  SP2321: {
    title: 'a plan manages this part of the document',
    explanation:
      'The write would change an item that a plan owns on this host; the next plan would show it as drift, and take it back. Nothing was written. The message names plan and resource.\n\nChange the item in the plan file and apply it. Other parts of the file may be written. Of kinds that own a file as a whole (`file`), that is no part.',
  },
  SP2322: {
    title: 'the data is nothing that a document can hold',
    explanation:
      'Documents hold what JSON can hold: texts, finite numbers, true, false, null, lists, and maps of these, at most 64 levels deep. The message names the place of what is something else (undefined, NaN, a date, a function, a circular value).',
  },
  SP2323: {
    title: 'the data does not fit its schema',
    explanation:
      'The data was judged by the JSON schema that the caller gave, and is not what that demands. Every problem is told, with its place as a JSON pointer. Nothing was written.',
  },
  SP2324: {
    title: 'the schema cannot be used',
    explanation:
      'The schema is no JSON schema of draft 2020-12 or 07, refers to something that is not in it (nothing is fetched), or its file cannot be read. Nothing was written.',
  },
  SP2325: {
    title: 'what the document holds cannot be backed up',
    explanation:
      'Before a document is written, what it holds goes into the backup store of the state directory. That failed (a full disk, no permission), so nothing was written.',
  },
  SP2326: {
    title: 'the document does not hold what was written',
    explanation:
      'After the write the file was read again, still under its lock, and held other bytes. Somebody writes it without the lock in that moment, or its disk is failing. What it held before is in the backup store: `setpoint backup list`.',
  },
  SP2327: {
    title: 'the document was written anew',
    explanation:
      'No edit of the old text led to the new data, because what changed is shared (an alias), or stands in a form that is not edited. The text was made anew from the data: comments and style of the file are gone. The backup has them.',
  },
  SP2328: {
    title: 'the pointer leads to nothing',
    explanation:
      'The document has nothing at that JSON pointer (RFC 6901): `/schedules/0/params`, with `~1` for a slash in a key and `~0` for a tilde.',
  },
  SP2329: {
    title: 'the document cannot be read',
    explanation:
      'The path is a directory, a device, a link that leads nowhere or out of the root, or may not be read. The message says which.',
  },
  SP2330: {
    title: 'the write would lose what data does not tell',
    explanation:
      'Data are texts, numbers, lists and maps. A file can hold more: tags, merge keys (`<<`), `.inf` and `.nan`, numbers with more digits than JavaScript holds. As long as that stays as it is written, other parts of the file can be changed. This change leads to a text in which it would be gone or be something else, so nothing was written.\n\nChange the file by hand. For long numbers (ids), write them as texts.',
  },
} as const satisfies Record<string, CodeEntry>;
