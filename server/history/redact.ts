import type { AuditEntry } from '../api/history.ts';
import { defaultRedactPatterns } from '../api/redaction.ts';
import { makeRedactor } from '../api/redactor.ts';

const deepest = 8;
const longestText = 2_000;
const redactor = makeRedactor(defaultRedactPatterns);

/** An audit entry as it may be kept: short, and without the values of secrets and the passwords of URLs. */
export const redact = (entry: AuditEntry): AuditEntry => ({
  ...entry,
  target: redactText(entry.target),
  parameters: redactFields(entry.parameters),
  sentence: entry.sentence === null ? null : redactText(entry.sentence),
});

const redactFields = (fields: object): Readonly<Record<string, unknown>> =>
  redactor.value(bounded(fields, 0)) as Readonly<Record<string, unknown>>;

const bounded = (value: unknown, depth: number): unknown => {
  if (typeof value === 'string') return short(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value ?? null;
  if (depth > deepest) return '…';
  if (Array.isArray(value)) return value.map((item) => bounded(item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, bounded(each, depth + 1)]));
};

const redactText = (text: string): string => short(redactor.text(text));

const short = (text: string): string => (text.length > longestText ? `${text.slice(0, longestText)}…` : text);
