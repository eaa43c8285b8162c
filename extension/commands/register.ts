import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { CeleriacError } from '../../server/api/errors.ts';
import type { Log } from '../log.ts';
import { showError } from '../shown/messages.ts';
import { MendableError, type Remedy } from './mendableError.ts';
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

/** Shows what went wrong with what mends it, and keeps it in the log. */
export const report = async (error: unknown, log: Log): Promise<void> => {
  if (error instanceof CeleriacError && error.code === 'cancelled') return;
  log.error('A command failed.', error);
  const sentence = error instanceof Error ? error.message : String(error);
  const remedies = error instanceof MendableError ? error.remedies : [];
  const choice = await showError(sentence, ...remedies.map(({ label }) => label), t('Show Logs'));
  const remedy = remedies.find(({ label }) => label === choice);
  if (remedy) await mend(remedy, log);
  else if (choice !== undefined) log.channel.show();
};

const mend = async (remedy: Remedy, log: Log): Promise<void> => {
  try {
    await remedy.act();
  } catch (error) {
    await report(error, log);
  }
};
