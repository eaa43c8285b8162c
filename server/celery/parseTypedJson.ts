/** ECMAScript's "JSON.parse source text access", which Node.js has from version 22 on. */
interface SourceJson {
  rawJSON(text: string): unknown;
  isRawJSON(value: unknown): boolean;
  parse(text: string, revive: (key: string, value: unknown, context: { readonly source?: string }) => unknown): unknown;
}

const json = JSON as unknown as SourceJson;

/**
 * JSON that a person typed, whose numbers are sent as they were typed: JavaScript makes 1 of 1.0, which Python tells apart,
 * and rounds whole numbers beyond 2^53; one on its own is a mere number. Undefined for anything that is not JSON.
 */
export const parseTypedJson = (text: string): unknown => {
  try {
    const value = json.parse(text, (_key, each, { source }) =>
      typeof each !== 'number' || source === undefined || source === String(each) ? each : json.rawJSON(source),
    );
    return json.isRawJSON(value) ? Number(text) : value;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};
