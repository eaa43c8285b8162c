import type { TracebackFrame } from '../../server/api/failures.ts';

/** A frame named in a line of a traceback, and which part of the line names it. */
export interface FrameInText {
  readonly row: number;
  readonly start: number;
  readonly end: number;
  readonly frame: TracebackFrame;
}

const frame = /File "([^"\n]+)", line (\d+)(?:, in (.+))?$/s;

/** Every `File "…", line 12, in charge` of a text; exception groups indent them behind bars. */
export const tracebackFrames = (text: string): FrameInText[] =>
  text.split('\n').flatMap((line, row) => {
    const found = frame.exec(line.trimEnd());
    if (!found) return [];
    const [whole, file = '', number = '1', name = ''] = found;
    return [
      {
        row,
        start: found.index,
        end: found.index + whole.length,
        frame: { file, line: Number(number), function: name },
      },
    ];
  });
