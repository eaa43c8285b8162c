import type { TracebackFrame } from '../api/failures.ts';

/** One step as it is printed; `code` is the line of source below it, where Python had the source. */
export interface PrintedFrame extends TracebackFrame {
  readonly code: string | null;
}

/** One exception of a traceback, with the way it went. */
export interface TracebackSection {
  /** 0: what the task raised, or a cause or context of that; else the number of the sub-exception of a group. */
  readonly child: number;
  readonly isGroup: boolean;
  readonly frames: readonly PrintedFrame[];
  /** "shop.payments.PaymentDeclined"; null where the text ends before it. */
  readonly exception: string | null;
  readonly message: string;
}

interface Open {
  readonly child: number;
  isGroup: boolean;
  readonly frames: PrintedFrame[];
  readonly words: string[];
}

const header = /^ *(\+ Exception Group )?Traceback \(most recent call last\):$/;
const groupHeader = /^ *\+ Exception Group Traceback/;
const childLine = /^ *(?:\+-)?\+-{3,} (?:\d+|\.\.\.) -+$/;
const childrenEnd = /^ *\+-+$/;
const margin = /^ *\| ?/;
const frameLine = /^ *File "(.*)", line (\d+)(?:, in (.*))?$/s;
const chained =
  /^(?:The above exception was the direct cause of the following exception|During handling of the above exception, another exception occurred):$/;
const onlyMarks = /^[\s~^]*$/;
const longestText = 65_536;

/**
 * Takes apart what Python 3.8 to 3.14 prints: causes and contexts, groups with their margins, carets below the source,
 * repeated lines. A text that was cut at either end gives what is left of it.
 */
export const readTraceback = (text: string): readonly TracebackSection[] => {
  const reader = new Reader();
  for (const line of text.slice(0, longestText).split('\n')) reader.take(line.replace(/\r$/, ''));
  return reader.sections.filter(({ frames, words }) => frames.length > 0 || words.length > 0).map(finish);
};

class Reader {
  readonly sections: Open[] = [];
  private current: Open | null = null;
  private inGroup = false;
  private child = 0;
  private children = 0;

  take(whole: string): void {
    if (this.inGroup && childLine.test(whole)) {
      this.child = ++this.children;
      this.begin();
    } else if (!(this.inGroup && childrenEnd.test(whole))) {
      // A line without a margin stands beside the group: it is the task's own again.
      if (this.inGroup && whole !== '' && !margin.test(whole)) this.child = 0;
      this.takeInner(this.inGroup ? whole.replace(margin, '') : whole);
    }
  }

  private takeInner(line: string): void {
    const frame = frameLine.exec(line);
    if (header.test(line)) {
      const section = this.begin();
      section.isGroup = groupHeader.test(line);
      this.inGroup ||= section.isGroup;
    } else if (chained.test(line)) this.current = null;
    else if (frame && (this.current === null || this.current.words.length === 0)) {
      (this.current ?? this.begin()).frames.push(toFrame(frame));
    } else if (this.current !== null) addLine(this.current, line);
  }

  /** What was only just opened for the same exception goes on. */
  private begin(): Open {
    const { current, child } = this;
    if (current && current.child === child && current.frames.length === 0 && current.words.length === 0) return current;
    const section: Open = { child, isGroup: false, frames: [], words: [] };
    this.sections.push(section);
    this.current = section;
    return section;
  }
}

const toFrame = ([, file = '', line, name]: RegExpExecArray): PrintedFrame => ({
  file,
  line: Number(line),
  function: name ?? '<module>',
  code: null,
});

/** Below the frames, what is not indented is the exception; what follows that is the rest of what it says. */
const addLine = ({ frames, words }: Open, line: string): void => {
  if (words.length > 0 || !(line === '' || line.startsWith(' '))) {
    words.push(line);
    return;
  }
  const last = frames.at(-1);
  if (last?.code === null && line.startsWith('    ') && !onlyMarks.test(line))
    frames[frames.length - 1] = { ...last, code: line.trim() };
};

const finish = ({ child, isGroup, frames, words }: Open): TracebackSection => {
  const [first = '', ...rest] = words;
  const [, exception = null, said = first] = /^([A-Za-z_][\w.<>]*)(?::(?: (.*))?)?$/.exec(first) ?? [];
  const message = exception !== null && said === first ? '' : said;
  const saysGroup = /\(\d+ sub-exceptions?\)$/.test(message);
  return { child, isGroup: isGroup || saysGroup, frames, exception, message: [message, ...rest].join('\n').trim() };
};
