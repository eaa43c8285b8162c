import type { AuditEntry } from '../api/history.ts';
import { maskBrokerUrl } from '../brokers/url.ts';

const mask = '**';
const secretName = /pass|pwd|secret|token|credential|api_?key|access_?key|private_?key|authorization/i;
const urls = /[a-z][a-z0-9+.-]*:\/\/[^\s'"<>]+/gi;
const deepest = 8;
const longestText = 2_000;

/** An audit entry as it may be kept: values that are secrets by their name, and the passwords of URLs, are left out. */
export const redact = (entry: AuditEntry): AuditEntry => ({
  ...entry,
  target: redactText(entry.target),
  parameters: redactFields(entry.parameters, 0),
  sentence: entry.sentence === null ? null : redactText(entry.sentence),
});

const redactFields = (fields: object, depth: number): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, secretName.test(name) ? mask : redactValue(value, depth)]),
  );

const redactValue = (value: unknown, depth: number): unknown => {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value ?? null;
  if (depth >= deepest) return '…';
  if (Array.isArray(value)) return value.map((item) => redactValue(item, depth + 1));
  return redactFields(value, depth + 1);
};

const redactText = (text: string): string => {
  const masked = text.replace(urls, maskBrokerUrl);
  return masked.length > longestText ? `${masked.slice(0, longestText)}…` : masked;
};
