import * as vscode from 'vscode';
import { plainLine } from './plainLine.ts';

interface ProgressOptions {
  readonly place: 'statusBar' | 'notification';
  readonly title: string;
  readonly cancellable?: boolean;
}

interface ProgressReport {
  readonly message: string;
  readonly increment?: number;
}

export type Report = (step: ProgressReport) => void;

/** Runs something while its title, and how far it has come, can be seen. */
export const showProgress = <R>(
  { place, title, cancellable = false }: ProgressOptions,
  run: (report: Report, token: vscode.CancellationToken) => Thenable<R>,
): Thenable<R> =>
  vscode.window.withProgress({ location: locations[place], title: plainLine(title), cancellable }, (progress, token) =>
    run(({ message, ...step }) => progress.report({ ...step, message: plainLine(message) }), token),
  );

const locations = {
  statusBar: vscode.ProgressLocation.Window,
  notification: vscode.ProgressLocation.Notification,
} as const;
