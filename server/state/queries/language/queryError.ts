import { CeleriacError } from '../../../api/errors.ts';

/** A query that cannot be read: what is wrong, and where. */
export class QueryError extends CeleriacError {
  /** The first character that is wrong, from 0 on, and how many there are. */
  readonly at: number;
  readonly length: number;
  /** What was typed, once it is known. */
  query = '';

  constructor(what: string, at: number, length = 1) {
    super('badRequest', `Query, character ${at + 1}: ${what}`);
    this.name = 'QueryError';
    this.at = at;
    this.length = Math.max(1, length);
  }

  /** The query, and below it a mark at the place; long queries are cut around it. */
  pointer(width: number): readonly string[] {
    const room = Math.max(20, width - 4);
    const from = this.at < room ? 0 : this.at - Math.floor(room / 2);
    const line = this.query.slice(from, from + room).replaceAll(/\p{Cc}/gu, ' ');
    const marks = '^'.repeat(Math.max(1, Math.min(this.length, room - (this.at - from))));
    return [`  ${line}`, `  ${' '.repeat(this.at - from)}${marks}`];
  }
}
