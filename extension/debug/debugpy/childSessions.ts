import * as v from 'valibot';
import * as vscode from 'vscode';

const child = v.looseObject({ name: v.string(), request: v.literal('attach') });

/** Older adapters tell of a subprocess by an event of their own, where newer ones ask for a session by the protocol. */
export const followChildren = (type: string): vscode.Disposable =>
  vscode.debug.onDidReceiveDebugSessionCustomEvent(({ session, event, body }) => {
    if (session.type !== type || event !== 'debugpyAttach') return;
    const read = v.safeParse(child, body);
    if (!read.success) return;
    const configuration = { ...read.output, type };
    void vscode.debug.startDebugging(session.workspaceFolder, configuration, { parentSession: session });
  });
