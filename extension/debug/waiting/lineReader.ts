import { type RdbWords, rdbWords } from './rdbWords.ts';

const lineLimit = 4_096;
const escapeKey = String.fromCharCode(27);
/** Colours and titles of terminals. */
const control = new RegExp(
  `${escapeKey}(?:\\[[0-?]*[ -/]*[@-~]|\\][^\\u0007${escapeKey}]*(?:\\u0007|${escapeKey}\\\\)|[@-Z\\\\-_])`,
  'g',
);

/** Takes output in whatever pieces it comes and answers what it says of the debugger. Keeps no more than one line. */
export class LineReader {
  #rest = '';

  read(piece: string): readonly RdbWords[] {
    const lines = (this.#rest + piece).split(/\r?\n|\r/);
    this.#rest = (lines.pop() ?? '').slice(-lineLimit);
    return lines.flatMap((line) =>
      // Nearly every line is about something else.
      line.includes('Remote Debugger:') ? (rdbWords(line.replaceAll(control, '')) ?? []) : [],
    );
  }
}
