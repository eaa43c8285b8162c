import { t } from '@vscode/l10n';
import { partOf } from './plainLine.ts';

/** What somebody else has written, in quotes that it cannot close. */
export const quoted = (foreign: string): string => t('“{0}”', partOf(foreign).replaceAll(/[“”„‟]/g, '"'));
