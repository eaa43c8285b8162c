import { CeleriacError } from '../../server/api/errors.ts';
import type { HostMessage, PageAddress, PageChange, PageMessage } from '../../server/api/page.ts';
import type { Host } from './host.ts';

/** What a webview offers its page. */
export interface MessagePort {
  post(message: PageMessage): void;
  listen(listener: (message: HostMessage) => void): void;
  /** Lives as long as the panel, and longer if the window is reloaded. */
  load(): unknown;
  save(value: unknown): void;
}

/** The host over messages: each question has a number, and its answer the same. */
export const messageHost = (port: MessagePort, address: PageAddress): Host => {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  const listeners = new Set<(change: PageChange) => void>();
  let asked = 0;
  let kept = keptView(port.load());
  // The panel is restored from this address even if the page never keeps anything.
  port.save({ address, view: kept });

  const ask = (messageOf: (id: number) => PageMessage): Promise<unknown> => {
    asked += 1;
    const answer = Promise.withResolvers<unknown>();
    waiting.set(asked, answer);
    port.post(messageOf(asked));
    return answer.promise;
  };
  port.listen((message) => {
    if (message.kind === 'changed') {
      for (const listener of listeners) listener(message);
      return;
    }
    const answer = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.kind === 'answer') answer?.resolve(message.result);
    else answer?.reject(new CeleriacError(message.error.code, message.error.sentence));
  });

  return {
    request: (name, params) => ask((id) => ({ kind: 'ask', id, name, params })) as never,
    ofCode: (name, params) => ask((id) => ({ kind: 'ask', id, name, params })) as never,
    can: () => true,
    act: async (command, ...args) => {
      await ask((id) => ({ kind: 'act', id, command, args }));
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    get kept() {
      return kept;
    },
    keep: (view) => {
      kept = view;
      port.save({ address, view });
    },
  };
};

const keptView = (saved: unknown): unknown =>
  typeof saved === 'object' && saved !== null && 'view' in saved ? saved.view : undefined;
