import { displayWidth } from './displayWidth.ts';

/** The text in lines of at most `width` cells, broken between words; a word that is longer stays whole. */
export const wrapText = (text: string, width: number): string[] => {
  const lines: string[] = [];
  let line = '';
  let cells = 0;
  for (const word of text.split(' ')) {
    const more = displayWidth(word);
    if (line !== '' && cells + 1 + more > width) {
      lines.push(line);
      line = word;
      cells = more;
    } else {
      cells += line === '' ? more : more + 1;
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
};
