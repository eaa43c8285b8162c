const reference = /\$\$|\$\{([A-Za-z_]\w*)(?:(:?[-?+])([^}]*))?\}|\$([A-Za-z_]\w*)/g;
const bareReference = /\$\$|\$([A-Za-z_]\w*)/g;

/**
 * Fills in `$NAME`, `${NAME}`, `${NAME:-default}` and its kin as Compose does (docs.docker.com: interpolation); null:
 * something is not known.
 */
export const interpolate = (text: string, known: (name: string) => string | undefined): string | null => {
  let isWhole = true;
  const filledIn = (name: string, operator = '', word = ''): string => {
    const value = known(name);
    const isSet = value !== undefined && !(operator.startsWith(':') && value === '');
    if (operator.endsWith('+')) return isSet ? word : '';
    if (isSet) return value;
    if (operator.endsWith('-')) return interpolate(word, known) ?? '';
    isWhole = false;
    return '';
  };
  // Behind the last brace nothing is closed any more: each opening one would look for its end up to the text's.
  const closed = text.lastIndexOf('}') + 1;
  const filled = [
    text
      .slice(0, closed)
      .replace(reference, (whole, braced?: string, operator?: string, word?: string, bare?: string) =>
        whole === '$$' ? '$' : filledIn(braced ?? bare ?? '', operator, word),
      ),
    text.slice(closed).replace(bareReference, (whole, bare?: string) => (whole === '$$' ? '$' : filledIn(bare ?? ''))),
  ];
  return isWhole ? filled.join('') : null;
};
