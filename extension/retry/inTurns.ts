import { t } from '@vscode/l10n';
import { showProgress } from '../shown/showProgress.ts';

const atOnce = 4;

/** Acts on each item in order, a few at a time, in a notification that counts and can be stopped. Resolves with what was done. */
export const inTurns = <T, R>(title: string, items: readonly T[], act: (item: T) => Promise<R>): Thenable<R[]> =>
  showProgress({ place: 'notification' as const, title, cancellable: true }, async (report, token) => {
    const results: R[] = [];
    for (let from = 0; from < items.length && !token.isCancellationRequested; from += atOnce) {
      results.push(...(await Promise.all(items.slice(from, from + atOnce).map(act))));
      const increment = (100 * atOnce) / items.length;
      report({ message: t('{0} of {1}', results.length, items.length), increment });
    }
    return results;
  });
