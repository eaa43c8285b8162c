import { t } from '@vscode/l10n';
import type { DebugTarget } from '../../../server/api/debugging.ts';
import { readPlace } from '../../../server/api/rdbPlace.ts';
import { requests } from '../../../server/api/requests.ts';
import type { Parts } from '../../parts.ts';
import { orCancelled } from '../../pick/orCancelled.ts';
import { pickOne } from '../../pick/pickOne.ts';
import { showInput } from '../../shown/inputs.ts';
import { showProgress } from '../../shown/showProgress.ts';
import type { ListeningPlace } from './attachWays.ts';
import { fittingPorts, portsToProbe } from './listeningPort.ts';

const usualPort = 5680;

/** Host and port of a worker whose processes listen. */
export const typePlace = async ({ hostname, place }: DebugTarget): Promise<ListeningPlace> => {
  const host = place === 'elsewhere' ? hostname.slice(hostname.indexOf('@') + 1) : '127.0.0.1';
  const typed = await showInput({
    title: t('Attach Debugger to {0}', hostname),
    prompt: t('Host and port of debugpy. With several processes, the port of the first one.'),
    value: `${host}:${usualPort}`,
    valueSelection: [0, host.length],
    ignoreFocusOut: true,
    validateInput: (text) => (readPlace(text) ? null : t('Enter a host and port, such as worker1:6900.')),
  });
  return orCancelled(readPlace(orCancelled(typed)) ?? undefined);
};

/**
 * Asks at the ports whose processes they are, and which one is meant where that does not tell. It is also how to find out
 * that somebody else is at it already: debugpy would let a second one wait.
 */
export const findPort = async (
  place: ListeningPlace,
  target: DebugTarget,
  pid: number | null,
  { backend }: Pick<Parts, 'backend'>,
  count = portsToProbe(target),
): Promise<ListeningPlace & { readonly pid: number }> => {
  const { host, port } = place;
  const probed = await showProgress(
    { place: 'statusBar' as const, title: t('Looking for debugpy at {0}:{1}…', host, port) },
    async () => backend.request(requests.probeDebugpy, { host, port, count }),
  );
  const fitting = fittingPorts(probed, pid, place);
  const [first, ...others] = fitting;
  if (first && others.length === 0) return { host, port: first.port, pid: first.pid };
  const items = fitting.map((each) => {
    const task = target.running.find((running) => running.pid === each.pid);
    const description = [t('process {0}', each.pid), task ? (task.name ?? task.id) : t('idle')].join(' · ');
    return { label: String(each.port), description, each };
  });
  const question = { title: t('Attach Debugger to {0}', target.hostname), placeHolder: t('Which process?') };
  const { each } = await pickOne(items, question);
  return { host, port: each.port, pid: each.pid };
};
