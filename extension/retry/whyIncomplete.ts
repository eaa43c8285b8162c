import { t } from '@vscode/l10n';
import type { OriginalCall } from './originalCall.ts';

/** Why the arguments of a call cannot be sent as they are known. */
export const whyIncomplete = ({ args, kwargs }: Pick<OriginalCall, 'args' | 'kwargs'>): string =>
  [
    args.kind === 'partial' ? t('Positional arguments incomplete: {0}.', args.reason) : '',
    kwargs.kind === 'partial' ? t('Keyword arguments incomplete: {0}.', kwargs.reason) : '',
  ]
    .filter(Boolean)
    .join(' ');
