const shortest = 16;

/** Words that examples put where a token belongs, without what stands between their letters. */
const placeholder = /changeme|changethis|replaceme|replacethis|placeholder|yourtoken|yoursecret|tokenhere|exampletoken/;

/** Why a text does not do as a token; null: it does. */
export const tokenDefect = (token: string): string | null => {
  if (token.length < shortest) return `is too short. Use at least ${shortest} characters.`;
  if (!/^[\x20-\x7e]+$/.test(token))
    return 'contains characters that are not allowed in a header. Use ASCII letters and digits.';
  const letters = token.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (placeholder.test(letters) || new Set(token).size < 4)
    return 'is a placeholder that is easy to guess. Create a token, for example with "openssl rand -hex 16".';
  return null;
};
