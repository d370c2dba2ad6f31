/** One answer of `git cat-file`; null for an object that is not there. */
export type ObjectAnswer = { readonly type: string; readonly bytes: Buffer } | null;

/** Cuts the output of `git cat-file` into answers, however it arrives. The bytes are only lent: who keeps them copies them. */
export function answerReader(): (output: Buffer) => readonly ObjectAnswer[] {
  let rest: Buffer = Buffer.alloc(0);
  return (output) => {
    rest = rest.length === 0 ? output : Buffer.concat([rest, output]);
    const answers: ObjectAnswer[] = [];
    for (;;) {
      const end = rest.indexOf(0x0a);
      if (end < 0) return answers;
      // Anything but a header is `<name> missing`; a name can hold any text, so only the header's form decides.
      const header = /^[0-9a-f]{40} (\w+) (\d+)$/.exec(rest.toString('utf8', 0, end));
      const from = end + 1;
      if (header === null) {
        answers.push(null);
        rest = rest.subarray(from);
        continue;
      }
      const size = Number(header[2]);
      if (rest.length < from + size + 1) return answers;
      answers.push({ type: header[1] ?? '', bytes: rest.subarray(from, from + size) });
      rest = rest.subarray(from + size + 1);
    }
  };
}
