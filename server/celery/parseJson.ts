/** Strings are matched first, so that words inside them stay as they are. */
const stringOrPythonNumber = /"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g;

/**
 * Reads JSON as Python writes it: `json.dumps` puts bare NaN and Infinity, which JSON does not know. They become null.
 * Returns undefined for anything that is not JSON.
 */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text.includes('NaN') || text.includes('Infinity') ? parseWithoutNan(text) : undefined;
  }
};

const parseWithoutNan = (text: string): unknown => {
  try {
    return JSON.parse(text.replace(stringOrPythonNumber, (token) => (token.startsWith('"') ? token : 'null')));
  } catch {
    return undefined;
  }
};
