import { existsSync, readFileSync } from 'node:fs';
import type { TestEvent } from './events.ts';

/** What the runner has told so far; a line that is still being written is left for the next time. */
export const readEvents = (file: string): TestEvent[] => {
  if (!existsSync(file)) return [];
  const text = readFileSync(file, 'utf8');
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as TestEvent);
};
