import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { CeleriacError } from '../../server/api/errors.ts';
import type { Log } from '../log.ts';
import type { commandIds } from './ids.ts';

export type CommandHandlers = {
  readonly [K in keyof typeof commandIds]: (...args: readonly unknown[]) => Promise<void>;
};

/** The one way a command gets to run: whatever it throws is logged once and shown once. */
export const registerCommands = (ids: typeof commandIds, handlers: CommandHandlers, log: Log): vscode.Disposable =>
  vscode.Disposable.from(
    ...(Object.keys(handlers) as (keyof CommandHandlers)[]).map((name) =>
      vscode.commands.registerCommand(ids[name], async (...args: unknown[]) => {
        try {
          await handlers[name](...args);
        } catch (error) {
          await report(error, log);
        }
      }),
    ),
  );

/** Shows what went wrong, and keeps it in the log. */
export const report = async (error: unknown, log: Log): Promise<void> => {
  if (error instanceof CeleriacError && error.code === 'cancelled') return;
  log.error('A command failed.', error);
  const sentence = error instanceof Error ? error.message : String(error);
  const choice = await vscode.window.showErrorMessage(sentence, t('Show Logs'));
  if (choice) log.channel.show();
};
