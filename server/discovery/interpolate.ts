const reference = /\$\$|\$\{([A-Za-z_]\w*)(?:(:?[-?+])([^}]*))?\}|\$([A-Za-z_]\w*)/g;

/**
 * Fills in `$NAME`, `${NAME}`, `${NAME:-default}` and its kin as Compose does (docs.docker.com: interpolation); null:
 * something is not known.
 */
export const interpolate = (text: string, known: (name: string) => string | undefined): string | null => {
  let isWhole = true;
  const filled = text.replace(reference, (whole, braced?: string, operator?: string, word?: string, bare?: string) => {
    if (whole === '$$') return '$';
    const value = known(braced ?? bare ?? '');
    const isSet = value !== undefined && !(operator?.startsWith(':') && value === '');
    if (operator?.endsWith('+')) return isSet ? (word ?? '') : '';
    if (isSet) return value ?? '';
    if (operator?.endsWith('-')) return interpolate(word ?? '', known) ?? '';
    isWhole = false;
    return '';
  });
  return isWhole ? filled : null;
};
