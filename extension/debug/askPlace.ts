import { t } from '@vscode/l10n';
import { firstPort, readPlace, type SearchedPlace, searchedPorts } from '../../server/api/rdbPlace.ts';
import { requests } from '../../server/api/requests.ts';
import type { Backend } from '../backend.ts';
import { orCancelled } from '../pick/orCancelled.ts';
import { pickOne } from '../pick/pickOne.ts';
import { showInput } from '../shown/inputs.ts';
import { type PlaceChoice, placeChoices } from './rdb/placeChoices.ts';
import type { RdbPlaces } from './rdbPlaces.ts';
import type { RdbWaiting } from './rdbWaiting.ts';

/** Which task to attach to: those that wait on this machine, where one has been before, or what is typed. */
export const askPlace = async (
  backend: Backend,
  waiting: Pick<RdbWaiting, 'look'>,
  places: RdbPlaces,
  canSearch: boolean,
): Promise<SearchedPlace> => {
  const base = Number(process.env['CELERY_RDB_PORT']) || firstPort;
  const [waiters, here] = await Promise.all([
    waiting.look(),
    backend.request(requests.rdbListeners, { port: base, count: searchedPorts }),
  ]);
  const choices = placeChoices(waiters, here, places.all, canSearch);
  const isAnybodyHere = choices.some(({ kind }) => kind === 'waiting');
  const question = {
    title: t('Attach to Remote Debugger (rdb)'),
    placeHolder: isAnybodyHere
      ? t('Select a task')
      : t('No task on this machine is paused in rdb. Select another place'),
  };
  const { place } = await pickOne(choices.map(shown), question);
  if (place === 'search') return { host: await askHost(), port: base, searchPorts: searchedPorts };
  return place === 'type' ? typePlace() : place;
};

const icons: Readonly<Record<PlaceChoice['kind'], string>> = {
  waiting: 'debug-pause',
  remembered: 'history',
  type: 'edit',
  search: 'search',
};

const shown = ({ kind, label, description, place }: PlaceChoice) => ({
  label,
  icon: icons[kind],
  description,
  place,
});

const typePlace = async (): Promise<SearchedPlace> => {
  const typed = await showInput({
    title: t('Attach to Remote Debugger (rdb)'),
    prompt: t('Host and port, as the log of the worker says them: "Ready to connect: telnet 127.0.0.1 6900"'),
    placeHolder: '127.0.0.1:6900',
    ignoreFocusOut: true,
    validateInput: (text) =>
      text === '' || readPlace(text) ? null : t('Enter a host and port, such as worker1:6900.'),
  });
  return orCancelled(readPlace(orCancelled(typed)) ?? undefined);
};

const askHost = async (): Promise<string> => {
  const host = await showInput({
    title: t('Attach to Remote Debugger (rdb)'),
    prompt: t('Host of the worker. Its rdb ports are tried in order; the debugger attaches to the first paused task.'),
    placeHolder: 'worker1',
    ignoreFocusOut: true,
    validateInput: (text) => (/^[\w.:-]*$/.test(text) ? null : t('Enter only a host name or address.')),
  });
  return orCancelled(host || undefined);
};
