import { join } from 'node:path';
import { config } from '@vscode/l10n';
import * as vscode from 'vscode';
import { requests } from '../server/api/requests.ts';
import { AnswerPages } from './answers/answerPages.ts';
import { AnswerTexts } from './answers/answerTexts.ts';
import { areas } from './areas.ts';
import { Backend } from './backend.ts';
import { WorkspaceCode } from './codeIntelligence/workspaceCode.ts';
import { DriftBook } from './codePages/driftBook.ts';
import { registerCommands } from './commands/register.ts';
import { autoConnect } from './config.ts';
import { ActiveConnection } from './connections/activeConnection.ts';
import { ConnectionChoices } from './connections/connectionChoices.ts';
import { Connections } from './connections/connections.ts';
import { F5 } from './debug/f5.ts';
import { StandingTasks } from './debug/waiting/standingTasks.ts';
import { Log } from './log.ts';
import { Mirror } from './mirror.ts';
import type { Parts } from './parts.ts';
import { SecretBook } from './secrets.ts';
import { CallEditors } from './sendTask/callEditor.ts';
import { startAreas } from './startAreas.ts';
import { Surfaces } from './surfaces.ts';

let backend: Backend | null = null;

/**
 * Makes what all areas are made from, starts it, and then the areas. VS Code disposes the subscriptions in reverse.
 *
 * What fails in a command is reported by `commands/register.ts`. A rejection that nobody awaits is logged by the extension
 * host, which goes on; a handler of ours for the whole process would also answer for every other extension in it.
 */
export const activate = (context: vscode.ExtensionContext): void => {
  speakWindowLanguage();
  const log = new Log();
  const engine = new Backend(join(context.extensionPath, 'dist', 'server.js'), log);
  backend = engine;
  const parts = makeParts(context, engine, log);
  const { answerPages, answerTexts, callEditors, active, code, connections, f5, mirror } = parts;
  context.subscriptions.push(
    log,
    engine.onChanges((batch) => mirror.apply(batch)),
  );
  for (const part of [connections, code, answerPages, answerTexts, callEditors, f5]) {
    context.subscriptions.push(part);
    part.start();
  }
  context.subscriptions.push(active);
  const started = startAreas(parts, areas, async () => (await import('./late.ts')).lateAreas);
  context.subscriptions.push(started, registerCommands(started.commands, log));
  void connections.reconcile();
};

const makeParts = (context: vscode.ExtensionContext, engine: Backend, log: Log): Parts => {
  const mirror = new Mirror(
    (clusterId) => engine.request(requests.snapshot, { clusterId }),
    (error) => log.error('The state could not be read again.', error),
  );
  const surfaces = new Surfaces();
  const secrets = new SecretBook(context.secrets, (secret) => log.hide(secret));
  const choices = new ConnectionChoices(context.workspaceState, autoConnect);
  const storageFolder = context.globalStorageUri.fsPath;
  return {
    context,
    backend: engine,
    mirror,
    connections: new Connections({ backend: engine, mirror, log, secrets, choices, storageFolder, surfaces }),
    choices,
    secrets,
    active: new ActiveConnection(mirror, context.workspaceState),
    standing: new StandingTasks(),
    log,
    code: new WorkspaceCode(engine),
    drift: new DriftBook(),
    answerPages: new AnswerPages(engine),
    answerTexts: new AnswerTexts(surfaces),
    callEditors: new CallEditors(surfaces),
    surfaces,
    f5: new F5(surfaces),
  };
};

/** Waits until the backend has left its brokers in order. */
export const deactivate = async (): Promise<void> => {
  await backend?.dispose();
  backend = null;
};

/** From now on texts are in the language of the window, where there is a translation. */
const speakWindowLanguage = (): void => {
  const { uri } = vscode.l10n;
  if (uri) config({ fsPath: uri.fsPath });
};
