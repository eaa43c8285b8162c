import { t } from '@vscode/l10n';
import { type TracebackLine, tracebackLines } from './frames.ts';

export interface TracebackParts {
  readonly traceback: string;
  /** Null: there is no workspace to open it in. */
  readonly openFrame:
    | ((frame: { readonly file: string; readonly line: number; readonly function: string }) => void)
    | null;
}

/** A traceback whose frames lead to their lines in the workspace. */
export const TracebackView = ({ traceback, openFrame }: TracebackParts) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
  <pre class="traceback" tabIndex={0}>
    {tracebackLines(traceback).map((line, index) => (
      <Line key={index} line={line} openFrame={openFrame} />
    ))}
  </pre>
);

const Line = ({ line, openFrame }: { readonly line: TracebackLine } & Pick<TracebackParts, 'openFrame'>) => {
  if (line.kind === 'text') return <span class={line.isError ? 'trace-error' : undefined}>{`${line.text}\n`}</span>;
  const { indent, file, line: number, function: name, isOwn } = line;
  return (
    <span class={isOwn ? undefined : 'trace-library'}>
      {indent}
      {openFrame ? (
        <button
          type="button"
          class="link"
          title={t('Open this line in the workspace')}
          onClick={() => openFrame({ file, line: number, function: name })}
        >
          {`File "${file}", line ${number}`}
        </button>
      ) : (
        `File "${file}", line ${number}`
      )}
      {name === '' ? '\n' : `, in ${name}\n`}
    </span>
  );
};
