import { mask } from '../../server/api/redaction.ts';

/** Where a secret comes from: a variable, VS Code's secret storage, or the user each time VS Code starts. */
export type SecretSource = 'env' | 'secret' | 'ask';

/** What stands in the settings in a secret's place, such as `${env:REDIS_PASSWORD}` or `${secret:url}`. */
export interface Placeholder {
  readonly source: SecretSource;
  readonly name: string;
}

const pattern = /\$\{(env|secret|ask):([^{}]+)\}/g;

export const writePlaceholder = ({ source, name }: Placeholder): string => `\${${source}:${name}}`;

export const isPlaceholder = (text: string): boolean => text.replace(pattern, '') === '' && text !== '';

/** All placeholders of a value, however deep in it. */
export const placeholdersIn = (value: unknown): readonly Placeholder[] =>
  textsIn(value).flatMap((text) =>
    [...text.matchAll(pattern)].map((match) => ({ source: match[1] as SecretSource, name: match[2] ?? '' })),
  );

/**
 * The value with its placeholders filled in. One that is a whole text stands for itself; one inside a text is a part of a
 * URL and gets escaped.
 */
export const fillIn = (value: unknown, lookUp: (placeholder: Placeholder) => string): unknown =>
  mapTexts(value, (text) =>
    text.replace(pattern, (whole, source: SecretSource, name: string) => {
      const found = lookUp({ source, name });
      return whole === text ? found : encodeURIComponent(found);
    }),
  );

/** The value as people may see it, where every secret once stood. */
export const maskPlaceholders = (text: string): string => text.replace(pattern, mask);

/** A copy of the value with each of its texts replaced; `path` says where a text stands. */
export const mapTexts = (
  value: unknown,
  replace: (text: string, path: readonly string[]) => string,
  path: readonly string[] = [],
): unknown => {
  if (typeof value === 'string') return replace(value, path);
  if (Array.isArray(value)) return value.map((each, index) => mapTexts(each, replace, [...path, String(index + 1)]));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mapTexts(each, replace, [...path, key])]));
};

const textsIn = (value: unknown): readonly string[] => {
  const texts: string[] = [];
  mapTexts(value, (text) => {
    texts.push(text);
    return text;
  });
  return texts;
};
