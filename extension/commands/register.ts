import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { CeleriacError } from '../../server/api/errors.ts';
import type { Log } from '../log.ts';
import { showError } from '../shown/messages.ts';
import { type CommandName, commandId, commandNames, commands, type TargetOf } from './table.ts';

export type CommandHandlers = {
  readonly [K in CommandName]: (target: TargetOf<K>) => Promise<void>;
};

/** The one way a command gets to run: whatever it throws is logged once and shown once. */
export const registerCommands = (handlers: CommandHandlers, log: Log): vscode.Disposable =>
  vscode.Disposable.from(...commandNames.map((name) => register(name, handlers, log)));

const register = <K extends CommandName>(name: K, handlers: CommandHandlers, log: Log): vscode.Disposable => {
  // The compiler does not see that one name leads to an argument and a handler that fit each other.
  const read = commands[name].on.read as (row: unknown, selected: unknown) => TargetOf<K>;
  return vscode.commands.registerCommand(commandId(name), async (row: unknown, selected: unknown) => {
    try {
      await handlers[name](read(row, selected));
    } catch (error) {
      await report(error, log);
    }
  });
};

/** Shows what went wrong, and keeps it in the log. */
export const report = async (error: unknown, log: Log): Promise<void> => {
  if (error instanceof CeleriacError && error.code === 'cancelled') return;
  log.error('A command failed.', error);
  const sentence = error instanceof Error ? error.message : String(error);
  const choice = await showError(sentence, t('Show Logs'));
  if (choice) log.channel.show();
};
