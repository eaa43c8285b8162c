/** Strings are matched first, so that words inside them stay as they are. */
const stringOrPythonNumber = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"?|-?\bInfinity\b|\bNaN\b/g;

/**
 * JSON as Python writes it, of any shape: `json.dumps` puts bare NaN and Infinity, which JSON does not know. They become
 * null. Undefined for anything that is not JSON. `parseJson` is for everybody who does not check the bounds in another way.
 */
export const parsePythonJson = (text: string): unknown => {
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
