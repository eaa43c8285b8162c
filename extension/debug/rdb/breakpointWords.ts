import { t } from '@vscode/l10n';

/** Why a breakpoint is not set, for its hover. */
export const breakpointWords = (problem: string, file: string, detail: string | undefined): string => {
  switch (problem) {
    case 'noFile':
      return t('The worker has no file {0}. Map its folder in celeriac.debug.pathMappings.', file);
    case 'noCode':
      return t('The worker runs no code at or below this line.');
    case 'condition':
      return t('The condition is not a Python expression: {0}', detail ?? '');
    default:
      return t('The worker refused this breakpoint: {0}', detail ?? problem);
  }
};
