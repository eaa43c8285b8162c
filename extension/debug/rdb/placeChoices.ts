import { t } from '@vscode/l10n';
import { type RdbPlace, searchedPorts } from './rdbPlace.ts';

export interface PlaceChoice {
  readonly kind: 'waiting' | 'remembered' | 'type' | 'search';
  readonly label: string;
  readonly description: string;
  readonly place: RdbPlace | 'type' | 'search';
}

/** What there is to attach to, the likeliest first. */
export const placeChoices = (
  waiting: readonly number[],
  remembered: readonly RdbPlace[],
  canSearch: boolean,
): readonly PlaceChoice[] => {
  const here = waiting.map((port) => ({ host: '127.0.0.1', port }));
  const before = remembered.filter(({ host, port }) => !here.some((each) => each.host === host && each.port === port));
  return [
    ...here.map((place) => choice('waiting', place, t('waits now'))),
    ...before.map((place) => choice('remembered', place, t('attached before'))),
    {
      kind: 'type',
      label: t('Enter Host and Port…'),
      description: t('the log of the worker says them'),
      place: 'type',
    },
    ...(canSearch ? [searching()] : []),
  ];
};

const choice = (kind: 'waiting' | 'remembered', place: RdbPlace, description: string): PlaceChoice => ({
  kind,
  label: `${place.host}:${place.port}`,
  description,
  place,
});

const searching = (): PlaceChoice => ({
  kind: 'search',
  label: t('Search a Host…'),
  description: t('tries {0} ports in order', searchedPorts),
  place: 'search',
});
