import { t } from '@vscode/l10n';
import type { ProcessOutput } from '../../server/api/threads.ts';

/** Where a worker writes what nobody here can read; null: it can be read. */
export const lostOutput = (output: ProcessOutput): string | null => {
  switch (output.kind) {
    case 'file':
      return null;
    case 'terminal':
      return t(
        'It writes to its terminal ({0}), which cannot be read from here: the threads will stand there.',
        output.path,
      );
    case 'pipe':
      return t(
        'It writes into a pipe, to a supervisor, the journal or a container: the threads will stand in that log.',
      );
    case 'nowhere':
      return t('It writes to /dev/null: what it says is lost. Start it with its standard error going to a file.');
    case 'unknown':
      return t('This machine does not tell where it writes: the threads will stand where its standard error goes.');
    default:
      return output satisfies never;
  }
};
