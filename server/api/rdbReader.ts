import { placeInLine, type RdbPlace } from './rdbPlace.ts';

/** What a line of a worker's output says of its debugger. */
export type RdbWords =
  | { readonly kind: 'waits'; readonly place: RdbPlace }
  /** Somebody has come, or has been there. */
  | { readonly kind: 'visited'; readonly port: number };

const lineLimit = 4_096;
const escapeKey = String.fromCharCode(27);
/** Colours and titles of terminals. */
const control = new RegExp(
  `${escapeKey}(?:\\[[0-?]*[ -/]*[@-~]|\\][^\\u0007${escapeKey}]*(?:\\u0007|${escapeKey}\\\\)|[@-Z\\\\-_])`,
  'g',
);

/** Takes output in whatever pieces it comes and answers what it says of the debugger. Keeps no more than one line. */
export class RdbReader {
  #rest = '';

  read(piece: string): readonly RdbWords[] {
    const text = this.#rest + piece;
    const end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'));
    this.#rest = text.slice(end + 1).slice(-lineLimit);
    // Nearly all that is written is about something else.
    if (text.lastIndexOf('Remote Debugger:', end) < 0) return [];
    const lines = text.slice(0, Math.max(0, end)).split(/\r?\n|\r/);
    return lines.flatMap((line) =>
      line.includes('Remote Debugger:') ? (rdbWords(line.replaceAll(control, '')) ?? []) : [],
    );
  }
}

/** celery/contrib/rdb.py: BANNER, SESSION_STARTED, SESSION_ENDED. Null: the line is about something else. */
export const rdbWords = (line: string): RdbWords | null => {
  const banner = placeInLine(line);
  if (banner) return { kind: 'waits', place: banner.place };
  const visited = /Remote Debugger:(\d{2,5}): (?:Now in session with|Session with) /.exec(line);
  return visited ? { kind: 'visited', port: Number(visited[1]) } : null;
};
