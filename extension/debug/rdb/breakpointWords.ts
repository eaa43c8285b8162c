import { t } from '@vscode/l10n';

/** Why a breakpoint is not set, for its hover. */
export const breakpointWords = (problem: string, file: string, detail: string | undefined): string => {
  switch (problem) {
    case 'noFile':
      return t(
        'The worker has no file {0}. Say in celeriac.debug.pathMappings where this folder is on its machine.',
        file,
      );
    case 'noCode':
      return t('There is no code at or below this line in what the worker runs.');
    case 'condition':
      return t('The condition is no Python expression: {0}', detail ?? '');
    default:
      return t('The worker has refused this breakpoint: {0}', detail ?? problem);
  }
};
