import type { DumpedFrame, DumpedThread } from '../api/threads.ts';

/** celery/utils/debug.py: cry */
const rule = '='.repeat(49);

/**
 * The threads that a worker wrote down at SIGUSR1, out of a log in which other things stand as well. A thread that is not
 * written to its end is left out.
 */
export const readThreadDump = (log: string): readonly Omit<DumpedThread, 'task'>[] => {
  const lines = log.replaceAll('\r\n', '\n').split('\n');
  return headings(lines).flatMap(({ top, middle }, index, found) => {
    const next = found[index + 1]?.top ?? lines.length;
    const locals = lines.slice(middle + 3, next);
    const end = locals.findIndex((line, at) => line === '' && locals[at + 1] === '' && at > 0);
    if (end === -1) return [];
    const all = readFrames(lines.slice(top + 2, middle));
    const frames = withoutCry(all);
    const isCrying = frames.length < all.length;
    return [{ name: lines[top] ?? '', frames, locals: isCrying ? '' : locals.slice(0, end).join('\n') }];
  });
};

/** Where the name of a thread stands, and where its frames end. */
const headings = (lines: readonly string[]): { readonly top: number; readonly middle: number }[] =>
  placesOf('LOCAL VARIABLES', lines).flatMap((middle) => {
    if (lines[middle - 1] !== rule || lines[middle + 1] !== rule) return [];
    let above = middle - 2;
    while (above > 0 && lines[above]?.startsWith('  ')) above--;
    return lines[above] === rule && above > 0 ? [{ top: above - 1, middle: middle - 1 }] : [];
  });

const placesOf = (wanted: string, lines: readonly string[]): readonly number[] => {
  const places: number[] = [];
  for (let at = lines.indexOf(wanted); at >= 0; at = lines.indexOf(wanted, at + 1)) places.push(at);
  return places;
};

const frame = /^ {2}File "(.*)", line (\d+), in (.*)$/s;

const readFrames = (lines: readonly string[]): DumpedFrame[] => {
  const frames: DumpedFrame[] = [];
  for (const line of lines) {
    const [, file, number, name] = frame.exec(line) ?? [];
    const last = frames.at(-1);
    if (file !== undefined) frames.push({ file, line: Number(number), function: name ?? '', code: '' });
    else if (last && last.code === '' && line.trim() !== '') frames[frames.length - 1] = { ...last, code: line.trim() };
  }
  return frames;
};

/** The main thread writes all this down itself: it was interrupted where the handler of the signal was called. */
const withoutCry = (frames: readonly DumpedFrame[]): readonly DumpedFrame[] => {
  const at = frames.findLastIndex(({ function: name }) => name === 'cry_handler');
  return at === -1 || frames.at(-1)?.function !== 'cry' ? frames : frames.slice(0, at);
};
