import { t } from '@vscode/l10n';
import type { ProcessOutput } from '../../server/api/threads.ts';

/** Where a worker writes what nobody here can read; null: it can be read. */
export const lostOutput = (output: ProcessOutput): string | null => {
  switch (output.kind) {
    case 'file':
      return null;
    case 'terminal':
      return t(
        "Its output goes to its terminal ({0}), which can't be read from here. The dump will appear there.",
        output.path,
      );
    case 'pipe':
      return t(
        'Its output goes into a pipe: to a supervisor, the journal or a container. The dump will appear in that log.',
      );
    case 'nowhere':
      return t('Its output goes to /dev/null and is lost. Start the worker with standard error redirected to a file.');
    case 'unknown':
      return t('Where its output goes is unknown. The dump will appear wherever its standard error goes.');
    default:
      return output satisfies never;
  }
};
