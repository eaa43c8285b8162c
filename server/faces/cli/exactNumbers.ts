import { UsageError } from './usageError.ts';

/** ECMAScript's "JSON.parse source text access", which Node.js has from version 22 on. */
interface ExactJson {
  readonly rawJSON?: (text: string) => unknown;
  parse(
    text: string,
    revive: (key: string, value: unknown, context?: { readonly source?: string }) => unknown,
  ): unknown;
}

const json: ExactJson = JSON;

/**
 * JSON whose numbers are sent as they were typed: JavaScript makes 1 of 1.0, which Python tells apart, and rounds whole
 * numbers beyond 2^53.
 */
export const parseExactJson = (text: string, name: string): unknown => {
  try {
    return json.parse(text, (_key, value, context) => {
      const source = context?.source;
      if (typeof value !== 'number' || source === String(value)) return value;
      if (source !== undefined && json.rawJSON) return json.rawJSON(source);
      if (!Number.isInteger(value) || Number.isSafeInteger(value)) return value;
      throw new UsageError(`${name} holds a number that needs Node.js 22 to arrive as it was typed.`);
    });
  } catch (error) {
    if (error instanceof SyntaxError) throw new UsageError(`${name} is not JSON. Mind the quotes of your shell.`);
    throw error;
  }
};
