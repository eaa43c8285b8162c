import { tokenize, tokenKinds } from '../../python/tokens.ts';

/** A bracket that is open where something is typed. */
interface OpenBracket {
  readonly bracket: string;
  /** What stands directly before it: `app.send_task`. */
  readonly callee: string;
  /** How many commas lie between it and the place. */
  position: number;
  /** `queue` behind `queue=`. */
  keyword: string | null;
  /** In a dict, the key whose value is typed. */
  key: string | null;
}

/** What is being typed: a word or the inside of a string, and what it stands in. The code may be broken. */
export interface Typed {
  readonly text: string;
  readonly start: number;
  /** Behind what belongs to it already. */
  readonly end: number;
  readonly isString: boolean;
  /** `app.conf` before `.task_acks`. */
  readonly owner: string;
  /** What the statement assigns to: `app.conf.beat_schedule`. */
  readonly target: string;
  /** Whether it is the first word of its statement. */
  readonly isFirst: boolean;
  /** The outermost first. */
  readonly open: readonly OpenBracket[];
}

/** Only the statement at the margin is read: brackets that were left open further up do not count. */
export const typedAt = (text: string, offset: number): Typed | null => {
  const from = statementStart(text, offset);
  const part = text.slice(from, offset);
  const { kinds, starts, ends, comments } = tokenize(part);
  if (comments.some(({ end }) => end === part.length)) return null;
  const reader = new StatementReader();
  const words = kinds.flatMap((kind, at) => {
    const [start = 0, end = 0] = [starts[at], ends[at]];
    return isText(kind) && end > start ? [{ kind, start, end, word: part.slice(start, end) }] : [];
  });
  const newlines = kinds.flatMap((kind, at) => (kind === tokenKinds.newline ? [starts[at] ?? 0] : []));
  const last = words.at(-1);
  const isTyped = last !== undefined && last.end === part.length && isOpenEnded(last.kind, last.word);
  for (const each of isTyped ? words.slice(0, -1) : words) {
    if (newlines.some((at) => at <= each.start && at >= reader.readTo)) reader.endStatement();
    reader.read(each.kind, each.word);
    reader.readTo = each.end;
  }
  const typedFrom = isTyped ? last.start : part.length;
  if (newlines.some((at) => at < part.length && at <= typedFrom && at >= reader.readTo)) reader.endStatement();
  const isString = isTyped && last.kind === tokenKinds.string;
  const inner = isString ? typedFrom + quoteLength(last.word) : typedFrom;
  const start = from + inner;
  const rest = /^[\w.:*/-]*/.exec(text.slice(offset, offset + longestRest));
  const end = offset + (isTyped ? (rest?.[0].length ?? 0) : 0);
  return { ...reader.place(), text: text.slice(start, offset), start, end, isString };
};

const longestRest = 500;

const isText = (kind: number): boolean =>
  kind === tokenKinds.name || kind === tokenKinds.string || kind === tokenKinds.operator || kind === tokenKinds.number;

/** Where the last line begins that stands at the margin. */
const statementStart = (text: string, offset: number): number => {
  for (let end = offset; ; ) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    if (start === 0 || /[A-Za-z_@]/.test(text[start] ?? '')) return start;
    end = start - 1;
  }
};

const prefixLength = (word: string): number => word.length - word.replace(/^[a-z]{1,2}/i, '').length;

const quoteLength = (word: string): number => {
  const at = prefixLength(word);
  const quote = word[at] ?? '';
  return at + (word.startsWith(quote.repeat(3), at) ? 3 : 1);
};

/** A word that goes on, or a string without its end. */
const isOpenEnded = (kind: number, word: string): boolean => {
  if (kind === tokenKinds.name) return true;
  if (kind !== tokenKinds.string) return false;
  const length = quoteLength(word);
  const quotes = word.slice(prefixLength(word), length);
  return word.length < length + quotes.length || !word.endsWith(quotes);
};

/** Follows the brackets of a statement. */
class StatementReader {
  readTo = 0;
  private open: OpenBracket[] = [];
  private target = '';
  private isFirst = true;
  private name = '';
  private isDotted = false;
  private value = '';

  place(): Pick<Typed, 'open' | 'target' | 'owner' | 'isFirst'> {
    const { open, target, isFirst } = this;
    return { open, target, isFirst, owner: this.isDotted ? this.name : '' };
  }

  endStatement(): void {
    this.open = [];
    this.target = '';
    this.isFirst = true;
    this.forget();
  }

  read(kind: number, word: string): void {
    this.isFirst = false;
    if (kind === tokenKinds.name) {
      this.name = this.isDotted ? `${this.name}.${word}` : word;
      this.isDotted = false;
    } else if (kind === tokenKinds.string) {
      this.forget();
      this.value = word.slice(quoteLength(word), -1);
    } else if (kind === tokenKinds.operator) this.operator(word);
    else this.forget();
  }

  private operator(word: string): void {
    const inner = this.open.at(-1);
    if (word === '.') {
      this.isDotted = true;
      return;
    }
    if (word === '(' || word === '[' || word === '{')
      this.open.push({ bracket: word, callee: this.name, position: 0, keyword: null, key: null });
    else if (word === ')' || word === ']' || word === '}') this.open.pop();
    else if (word === ',' && inner) {
      inner.position++;
      inner.keyword = null;
      inner.key = null;
    } else if (word === '=' && inner?.bracket === '(') inner.keyword = this.name;
    else if (word === '=' && !inner) this.target = this.name === '' ? this.target : this.name;
    else if (word === ':' && inner?.bracket === '{') inner.key = this.value || this.name;
    else if (word === ':' && !inner) {
      // Of `def` or `if`; what follows on the line is a statement of its own.
      this.isFirst = true;
    }
    this.forget();
  }

  private forget(): void {
    this.name = '';
    this.isDotted = false;
    this.value = '';
  }
}
