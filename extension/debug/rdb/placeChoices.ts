import { t } from '@vscode/l10n';
import { placeName, type RdbPlace, searchedPorts } from '../../../server/api/rdbPlace.ts';
import { type Waiter, waiterWords } from '../waiting/waiter.ts';

export interface PlaceChoice {
  readonly kind: 'waiting' | 'remembered' | 'type' | 'search';
  readonly label: string;
  readonly description: string;
  readonly place: RdbPlace | 'type' | 'search';
}

/** What there is to attach to, the likeliest first. `listening`: somebody waits there, it need not be a task. */
export const placeChoices = (
  waiters: readonly Waiter[],
  listening: readonly RdbPlace[],
  remembered: readonly (RdbPlace & { readonly worker: string | null })[],
  canSearch: boolean,
): readonly PlaceChoice[] => {
  const certain = waiters.map(({ session }) => session.place);
  const likely = listening.filter((place) => !certain.some((each) => isSame(each, place)));
  const before = remembered.filter((place) => ![...certain, ...likely].some((each) => isSame(each, place)));
  return [
    ...waiters.map(waiterChoice),
    ...likely.map((place) => choice('waiting', place, t('paused now'))),
    ...before.slice(0, mostRemembered).map(rememberedChoice),
    {
      kind: 'type',
      label: t('Enter Host and Port…'),
      description: t("see the worker's log"),
      place: 'type',
    },
    ...(canSearch ? [searching()] : []),
  ];
};

const mostRemembered = 5;

const rememberedChoice = ({ host, port, worker }: RdbPlace & { readonly worker: string | null }): PlaceChoice => {
  const words = worker === null ? t('attached before') : t('attached before · {0}', worker);
  return choice('remembered', { host, port }, words);
};

const isSame = (a: RdbPlace, b: RdbPlace): boolean => a.host === b.host && a.port === b.port;

const waiterChoice = (waiter: Waiter): PlaceChoice => {
  const { place } = waiter.session;
  return waiter.session.task
    ? { kind: 'waiting', label: waiterWords(waiter), description: placeName(place), place }
    : choice('waiting', place, waiter.worker ? t('a task on {0} is paused', waiter.worker.hostname) : t('paused now'));
};

const choice = (kind: 'waiting' | 'remembered', place: RdbPlace, description: string): PlaceChoice => ({
  kind,
  label: placeName(place),
  description,
  place,
});

const searching = (): PlaceChoice => ({
  kind: 'search',
  label: t('Search a Host…'),
  description: t('tries {0} ports in order', searchedPorts),
  place: 'search',
});
