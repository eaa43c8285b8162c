/** Whether a text equals one of the patterns, in which * stands for anything; without patterns everything fits. */
export const fitsAny = (patterns: readonly string[] | undefined): ((text: string) => boolean) => {
  if (patterns === undefined || patterns.length === 0) return () => true;
  const compiled = patterns.map((pattern) => new RegExp(`^${pattern.split('*').map(literally).join('.*')}$`, 's'));
  return (text) => compiled.some((each) => each.test(text));
};

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
