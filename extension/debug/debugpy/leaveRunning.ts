import * as vscode from 'vscode';
import { targetField } from '../safety/sessionTarget.ts';
import { withoutEnd, withoutPower } from './endlessMessages.ts';

/**
 * debugpy can end what it debugs, and VS Code asks it to whenever a session is stopped rather than disconnected. Nobody who
 * looks at a worker means to end it: sessions that attach to one lose that power.
 */
export const leaveRunning = (types: readonly string[]): vscode.Disposable =>
  vscode.Disposable.from(...types.map((type) => vscode.debug.registerDebugAdapterTrackerFactory(type, factory)));

/** The messages are handed on as they are when the tracker has seen them. */
const factory: vscode.DebugAdapterTrackerFactory = {
  createDebugAdapterTracker: ({ configuration, type }) =>
    configuration.request === 'attach' &&
    (type === 'celery' || targetField in configuration) &&
    !configuration['subProcessId']
      ? { onDidSendMessage: withoutPower, onWillReceiveMessage: withoutEnd }
      : undefined,
};
