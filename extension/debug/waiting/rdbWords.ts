import { placeInLine, type RdbPlace } from '../rdb/rdbPlace.ts';

/** What a line of a worker's output says of its debugger. */
export type RdbWords =
  | { readonly kind: 'waits'; readonly place: RdbPlace }
  /** Somebody has come, or has been there. */
  | { readonly kind: 'visited'; readonly port: number };

/** celery/contrib/rdb.py: BANNER, SESSION_STARTED, SESSION_ENDED. Null: the line is about something else. */
export const rdbWords = (line: string): RdbWords | null => {
  const banner = placeInLine(line);
  if (banner) return { kind: 'waits', place: banner.place };
  const visited = /Remote Debugger:(\d{2,5}): (?:Now in session with|Session with) /.exec(line);
  return visited ? { kind: 'visited', port: Number(visited[1]) } : null;
};
