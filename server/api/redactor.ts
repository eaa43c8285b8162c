import type { Look } from './hidden.ts';
import { keyEndsPrefix, keyFromHere, privateKey, webToken } from './keysOfServices.ts';
import { namePatterns } from './namePatterns.ts';
import { maskLogins } from './redaction.ts';
import { redactValue } from './redactValue.ts';
import { afterColon, afterEquals, afterOption, afterScheme, type IsSecret } from './secretNames.ts';

/** Takes secrets out of what is shown of a task: values whose name matches, keys of services, and the logins in URLs. */
export interface Redactor {
  /** A repr, JSON, a command line or plain text. */
  text(text: string): string;
  /** As `text`, but of the lines of source code in it only the keys of services and the logins in URLs. */
  traceback(text: string): string;
  value(value: unknown): unknown;
}

/** `*` is any run of characters, `?` any one of them or none. Keys of services and logins are hidden without any pattern. */
export const makeRedactor = (patterns: readonly string[]): Redactor => {
  const isSecret = secretNames(patterns);
  const named = looksByCode(patterns.length === 0 ? [...keyLooks] : [...keyLooks, ...nameLooks(isSecret)]);
  const text = (from: string): string => maskLogins(hideIn(from, named));
  return {
    text,
    traceback: (from) => {
      let shown = '';
      for (const { lines, isSource } of sections(from))
        shown += isSource ? maskLogins(hideIn(lines, keysOnly)) : text(lines);
      return shown;
    },
    value: (value) => redactValue(value, isSecret, text),
  };
};

const mostNames = 2_000;
/** What is longer is no name that a pattern speaks of; its beginning counts. */
const longestName = 200;

/** The same names come again and again, so that a pattern is asked once for each. */
const secretNames = (patterns: readonly string[]): IsSecret => {
  const fits = namePatterns(patterns, { marks: 'starAndOptional', ignoresCase: true });
  const known = new Map<string, boolean>();
  return (whole) => {
    const name = whole.slice(0, longestName);
    const before = known.get(name);
    if (before !== undefined) return before;
    if (known.size === mostNames) known.clear();
    const isSecret = fits(name);
    known.set(name, isSecret);
    return isSecret;
  };
};

type Looks = readonly (readonly [characters: string, look: Look])[];

const keyLooks: Looks = [
  ['A', keyFromHere],
  ['_.', keyEndsPrefix],
  ['J', webToken],
  ['Bb', afterScheme],
];

const nameLooks = (isSecret: IsSecret): Looks => [
  [':', afterColon(isSecret)],
  ['=', afterEquals(isSecret)],
  ['-', afterOption(isSecret)],
];

/** What to look for at a character, by its code. */
const looksByCode = (looks: Looks): readonly (Look | null)[] => {
  const byCode = new Array<Look | null>(128).fill(null);
  for (const [characters, look] of looks) for (const each of characters) byCode[each.charCodeAt(0)] = look;
  byCode[dash] = atDash(byCode[dash] ?? null);
  return byCode;
};

const dash = 45;

const atDash =
  (afterName: Look | null): Look =>
  (text, at) =>
    keyEndsPrefix(text, at) ?? privateKey(text, at) ?? afterName?.(text, at) ?? null;

const keysOnly = looksByCode(keyLooks);

const hideIn = (text: string, looks: readonly (Look | null)[]): string => {
  let shown = '';
  let done = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const look = code < 128 ? looks[code] : null;
    if (!look) continue;
    const hidden = look(text, at);
    if (hidden === null || hidden.from < done) continue;
    shown += text.slice(done, hidden.from) + hidden.shown;
    done = hidden.to;
    at = Math.max(at, done - 1);
  }
  return done === 0 ? text : shown + text.slice(done);
};

interface Section {
  readonly lines: string;
  readonly isSource: boolean;
}

/** A traceback in runs of lines: of source code, and of all else. */
function* sections(text: string): Generator<Section> {
  let from = 0;
  let isSource = text.startsWith('    ');
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
    if (text.startsWith('    ', end + 1) === isSource) continue;
    yield { lines: text.slice(from, end + 1), isSource };
    from = end + 1;
    isSource = !isSource;
  }
  yield { lines: text.slice(from), isSource };
}
