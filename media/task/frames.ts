/** A line of a traceback: a frame that leads into code, or text. */
export type TracebackLine =
  | { readonly kind: 'text'; readonly text: string; readonly isError: boolean }
  | {
      readonly kind: 'frame';
      readonly indent: string;
      readonly file: string;
      readonly line: number;
      readonly function: string;
      /** In code of the user's own, not in a library. */
      readonly isOwn: boolean;
    };

const frame = /^([\s|+-]*)File "(.+)", line (\d+)(?:, in (.*))?$/s;
const library = /(?:site-packages|dist-packages|\/lib\/python\d|\\lib\\python|^<)/i;

export const tracebackLines = (traceback: string): readonly TracebackLine[] =>
  traceback.trimEnd().split('\n').map(lineOf);

const lineOf = (text: string): TracebackLine => {
  const match = frame.exec(text);
  if (!match)
    return {
      kind: 'text',
      text,
      isError:
        /^[\w.]+(?:Error|Exception|Warning|Interrupt|Exit|Exceeded)?(?::|$)/.test(text) &&
        /^[\w.]*[A-Z]/.test(text) &&
        !text.startsWith('Traceback'),
    };
  const [, indent = '', file = '', line = '1', name = ''] = match;
  return { kind: 'frame', indent, file, line: Number(line), function: name, isOwn: !library.test(file) };
};
