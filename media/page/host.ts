import type { CodeParams } from '../../server/api/code.ts';
import type { CodePageRequest, PageChange, PageRequest } from '../../server/api/page.ts';
import type { ParamsOf, ResultOf, requests } from '../../server/api/requests.ts';

/**
 * All that a page knows of the place that shows it. In VS Code it is a webview's messages; elsewhere it may be HTTP. Pages
 * hold no copy of the engine's state: they ask for what they show, and ask again when they hear that it changed.
 */
export interface Host {
  /** Asks the engine; rejects with a `CeleriacError`. */
  request<N extends PageRequest>(
    name: N,
    params: ParamsOf<(typeof requests)[N]>,
  ): Promise<ResultOf<(typeof requests)[N]>>;
  /** Asks of the code of the workspace, which the host adds; rejects where there is none. */
  ofCode<N extends CodePageRequest>(
    name: N,
    params: Omit<ParamsOf<(typeof requests)[N]>, keyof CodeParams>,
  ): Promise<ResultOf<(typeof requests)[N]>>;
  /** Whether there is such a command; in a browser there are only those that open a page. */
  can(command: string): boolean;
  /** Runs a command of the extension; resolves when it is done. Commands confirm and show their errors themselves. */
  act(command: string, ...args: readonly unknown[]): Promise<void>;
  /** Calls with what changed, a few times a second at most, and only while the page can be seen. */
  onChange(listener: (change: PageChange) => void): () => void;
  /** What the page kept of itself with `keep`, before it was hidden or reloaded. */
  readonly kept: unknown;
  keep(value: unknown): void;
}
