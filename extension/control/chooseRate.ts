import { t } from '@vscode/l10n';
import { requests } from '../../server/api/requests.ts';
import type { Parts } from '../parts.ts';
import { chooseValue } from '../pick/chooseValue.ts';

/** The rate limit of a task: the present one is filled in, and can be removed. */
export const chooseRate = (
  taskName: string,
  present: string | null,
  backend: Pick<Parts['backend'], 'request'>,
): Promise<string> =>
  chooseValue({
    title:
      present === null
        ? t('Set rate limit of {0} (no limit now)', taskName)
        : t('Set rate limit of {0} ({1} now)', taskName, present),
    placeHolder: t('Tasks per worker, such as 10/s, 100/m or 5/h'),
    value: present ?? '',
    wordsFor: (text) => t('Limit to {0} on each worker', text),
    problemOf: (text) =>
      backend.request(requests.checkArgument, { method: 'rate_limit', argument: 'rate_limit', text }),
    others: present === null ? [] : [{ label: t('Remove Limit'), icon: 'trash', value: '0' }],
  });
