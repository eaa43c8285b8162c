import { CeleriacError } from '../../server/api/errors.ts';
import type { PageChange } from '../../server/api/page.ts';
import type { Host } from '../page/host.ts';

/** What a browser offers a page. */
export interface BrowserPort {
  fetch(path: string): Promise<{ readonly ok: boolean; json(): Promise<unknown> }>;
  /** Calls with each message of a stream; ends it when the returned function is called. */
  stream(path: string, listener: (data: string) => void): () => void;
  /** Whether somebody can see the page, and when that changes. */
  isVisible(): boolean;
  onVisibility(listener: () => void): void;
  go(path: string): void;
  load(): string | null;
  save(text: string): void;
}

/** The host over HTTP. Where there is no extension, a page can be opened, and nothing else be done. */
export const httpHost = (port: BrowserPort): Host => {
  const listeners = new Set<(change: PageChange) => void>();
  let close: (() => void) | null = null;
  let kept = parsed(port.load());

  /** A page that nobody sees hears nothing; when it is seen again, everything may have changed. */
  const follow = (): void => {
    const isWanted = port.isVisible() && listeners.size > 0;
    if (isWanted && !close) {
      close = port.stream('/page/changes', (data) => tell(JSON.parse(data) as PageChange));
    } else if (!isWanted && close) {
      close();
      close = null;
    }
  };
  const tell = (change: PageChange): void => {
    for (const listener of listeners) listener(change);
  };
  port.onVisibility(follow);

  return {
    request: async (name, params) => {
      const answer = await port.fetch(`/page/ask/${name}?params=${encodeURIComponent(JSON.stringify(params))}`);
      const body = await answer.json();
      if (answer.ok) return body as never;
      const { code, detail } = body as { code: ConstructorParameters<typeof CeleriacError>[0]; detail: string };
      throw new CeleriacError(code, detail);
    },
    ofCode: async () => {
      throw new CeleriacError('unsupported', 'The code of a workspace is shown in VS Code only.');
    },
    can: (command) => opening.includes(command),
    act: async (command, ...args) => {
      const path = pathOf(command, args[0]);
      if (path === null)
        throw new CeleriacError(
          'unsupported',
          'Not available in the browser. Use VS Code or the celeriac command line.',
        );
      port.go(path);
    },
    onChange: (listener) => {
      listeners.add(listener);
      follow();
      return () => {
        listeners.delete(listener);
        follow();
      };
    },
    get kept() {
      return kept;
    },
    keep: (value) => {
      kept = value;
      port.save(JSON.stringify(value));
    },
  };
};

const opening: readonly string[] = ['celeriac.openDashboard', 'celeriac.openTask'];

const pathOf = (command: string, target: unknown): string | null => {
  if (command === 'celeriac.openDashboard') return '/';
  if (command !== 'celeriac.openTask' || typeof target !== 'object' || target === null) return null;
  return 'taskId' in target ? `/tasks/${encodeURIComponent(String(target.taskId))}` : null;
};

const parsed = (text: string | null): unknown => {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
};
