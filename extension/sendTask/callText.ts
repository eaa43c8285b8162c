import { t } from '@vscode/l10n';
import type { OriginalCall } from '../retry/originalCall.ts';
import { isJson } from './readArguments.ts';
import { readLiteral } from './readLiteral.ts';

interface CallNotes {
  readonly taskName: string;
  /** "send(to, subject='')"; null: the code is not known. */
  readonly signature: string | null;
  readonly destination: string;
}

/** The document in which a call is edited; what is not known is marked with … and has to be completed. */
export const callText = ({ args, kwargs }: Pick<OriginalCall, 'args' | 'kwargs'>, notes: CallNotes): string => {
  const unknown = [args, kwargs].some(({ kind }) => kind === 'partial');
  const comments = [
    notes.signature ?? notes.taskName,
    notes.destination,
    unknown ? t('Some arguments are not known. Complete the places marked with … before sending.') : '',
    t('JSON or Python literals. Nothing is sent until you select Send.'),
  ].filter(Boolean);
  return [
    ...comments.map((line) => `// ${line.replaceAll(/\s+/g, ' ')}`),
    '{',
    `  "args": ${indented(args.kind === 'whole' ? args.json : args.draft || '[…]')},`,
    `  "kwargs": ${indented(kwargs.kind === 'whole' ? kwargs.json : kwargs.draft || '{…}')}`,
    '}',
    '',
  ].join('\n');
};

/** Laid out over lines where JavaScript can read it without changing a number. */
const indented = (json: string): string => {
  const read = json.length > shortEnough ? readLiteral(json) : null;
  if (!read || 'defect' in read || !isJson(json)) return json;
  const value: unknown = JSON.parse(json);
  return spaced(value) === read.value.json ? JSON.stringify(value, null, 2).replaceAll('\n', '\n  ') : json;
};

/** As `readLiteral` writes it. */
const spaced = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, each]) => `${JSON.stringify(name)}: ${spaced(each)}`);
  return `{${members.join(', ')}}`;
};

const shortEnough = 60;

const longestSignature = 20;

/** The head of a function whose `def` is at a line (from 1) or just below its decorators; null: there is none. */
export const signatureIn = (lines: readonly string[], line: number): string | null => {
  const from = lines.slice(line - 1, line - 1 + longestSignature);
  const start = from.findIndex((each) => /^\s*(?:async\s+)?def\s/.test(each));
  if (start < 0) return null;
  const end = from.findIndex((each, index) => index >= start && withoutComment(each).endsWith(':'));
  if (end < 0) return null;
  const head = from
    .slice(start, end + 1)
    .map((each) => each.trim())
    .join(' ');
  const signature = head.replace(/^(?:async\s+)?def\s+/, '');
  return (signature.endsWith(':') ? signature.slice(0, -1) : signature).slice(0, 500);
};

const withoutComment = (line: string): string => (line.split(' #', 1)[0] ?? '').trimEnd();
