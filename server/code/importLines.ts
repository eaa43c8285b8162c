/**
 * Only the import statements of a file, one below the other. A file that has nothing to do with tasks is not worth its tree,
 * but others may come through it to what has.
 */
export const importLines = (text: string): string => {
  const kept: string[] = [];
  let isOpen = false;
  for (const line of text.split('\n')) {
    const own = line.trim();
    if (!isOpen && !own.startsWith('from ') && !own.startsWith('import ')) continue;
    kept.push(own);
    isOpen = isOpen
      ? !own.includes(')') && !own.startsWith('def ')
      : own.endsWith('\\') || (own.includes('(') && !own.includes(')'));
  }
  return kept.join('\n');
};
