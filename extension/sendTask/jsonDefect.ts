import { t } from '@vscode/l10n';

/** What is wrong with a text that is to be a JSON array or object, and where; null: nothing. */
export const jsonDefect = (text: string, wanted: 'array' | 'object'): string | null => {
  const scan = new Scan(text);
  scan.value();
  scan.end();
  if (scan.failure) return t('{0}, at character {1}.', scan.failure.what, scan.failure.at + 1);
  const isArray = text.trimStart().startsWith('[');
  const isObject = text.trimStart().startsWith('{');
  if (wanted === 'array' && !isArray) return t('A JSON array is needed, such as [1, "two"].');
  return wanted === 'object' && !isObject ? t('A JSON object is needed, such as {0}.', '{"to": "anna"}') : null;
};

interface Failure {
  readonly at: number;
  readonly what: string;
}

const blank = /[ \t\n\r]*/y;
const plain = /-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?|true|false|null/y;
const text = /"(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const pythonWords: Readonly<Record<string, string>> = { True: 'true', False: 'false', None: 'null' };

/** JSON.parse does not say where; this stops at the first character that cannot stand there. */
class Scan {
  failure: Failure | null = null;
  private readonly source: string;
  private at = 0;

  constructor(source: string) {
    this.source = source;
  }

  value(): void {
    this.take(blank);
    const next = this.source[this.at];
    if (next === '[') this.members(']', () => this.value());
    else if (next === '{') this.members('}', () => this.pair());
    else if (!this.take(text) && !this.take(plain)) this.fail(this.reason());
  }

  end(): void {
    this.take(blank);
    if (this.at < this.source.length) this.fail(t('Nothing may follow here'));
  }

  private members(close: string, member: () => void): void {
    this.at += 1;
    this.take(blank);
    if (this.skip(close)) return;
    while (!this.failure) {
      member();
      this.take(blank);
      if (this.failure || this.skip(close)) return;
      if (!this.skip(',')) this.fail(t('A comma or {0} is missing', close));
    }
  }

  private pair(): void {
    this.take(blank);
    if (!this.take(text)) this.fail(t('A name in double quotes is missing'));
    this.take(blank);
    if (!this.failure && !this.skip(':')) this.fail(t('A colon is missing'));
    if (!this.failure) this.value();
  }

  private reason(): string {
    const rest = this.source.slice(this.at);
    if (rest === '') return t('Something is missing');
    if (rest.startsWith("'")) return t('JSON writes texts in double quotes');
    if (rest.startsWith('"')) return t('This text does not end, or holds what must be escaped');
    const word = /^[A-Za-z]+/.exec(rest)?.[0] ?? '';
    const meant = Object.hasOwn(pythonWords, word) ? pythonWords[word] : undefined;
    if (meant) return t('JSON writes {0} as {1}', word, meant);
    return t('No value can begin with {0}', rest[0] ?? '');
  }

  private take(pattern: RegExp): boolean {
    if (this.failure) return false;
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source);
    if (!found) return false;
    this.at += found[0].length;
    return true;
  }

  private skip(character: string): boolean {
    if (this.source[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  private fail(what: string): void {
    this.failure ??= { at: this.at, what };
  }
}
