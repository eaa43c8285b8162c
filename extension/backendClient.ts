import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  type LanguageClientOptions,
  ResponseError,
  State,
  TransportKind,
} from 'vscode-languageclient/node';
import { backendNodeFlags } from '../server/api/backendProcess.ts';
import type { ChangeBatch } from '../server/api/change.ts';
import { CeleriacError, type ErrorCode } from '../server/api/errors.ts';
import { notifications } from '../server/api/requests.ts';

export interface ClientEvents {
  changed(batch: ChangeBatch): void;
  running(): void;
  /** Returns whether the process shall be started again. */
  crashed(): boolean;
}

/**
 * The language client of one backend. Half of all code of the extension is that library, so this file is a part of the bundle
 * of its own: a window without Celery never loads it.
 */
export const makeClient = (
  serverFile: string,
  options: Pick<LanguageClientOptions, 'initializationOptions' | 'outputChannel'>,
  events: ClientEvents,
): LanguageClient => {
  const module = { module: serverFile, transport: TransportKind.ipc };
  const run = { ...module, options: { execArgv: [...backendNodeFlags] } };
  const debug = { ...module, options: { execArgv: [...backendNodeFlags, '--nolazy', '--inspect=127.0.0.1:6019'] } };
  const client = new LanguageClient(
    'celeriac',
    'Celeriac',
    { run, debug },
    {
      ...options,
      documentSelector: [],
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => ({ action: events.crashed() ? CloseAction.Restart : CloseAction.DoNotRestart, handled: true }),
      },
    },
  );
  client.onNotification(notifications.changes.method, (batch: ChangeBatch) => events.changed(batch));
  client.onDidChangeState(({ newState }) => {
    if (newState === State.Running) events.running();
  });
  return client;
};

/** Gives an error that crossed the process its code back. */
export const fromWire = (error: unknown): unknown => {
  if (!(error instanceof ResponseError)) return error;
  const data: unknown = error.data;
  const code = typeof data === 'object' && data !== null && 'code' in data ? String(data.code) : 'internal';
  return new CeleriacError(code as ErrorCode, error.message);
};
