import { t } from '@vscode/l10n';
import type { DebugTarget, ProbedPort } from '../../../server/api/debugging.ts';
import { CeleriacError } from '../../../server/api/errors.ts';
import type { ListeningPlace } from './attachWays.ts';

type Found = Extract<ProbedPort, { readonly kind: 'process' }>;

/** How many ports to ask at: each process of a worker has its own, from the first one on. */
export const portsToProbe = ({ childPids }: Pick<DebugTarget, 'childPids'>): number =>
  Math.min(Math.max(childPids?.length ?? 1, 1), 64);

/**
 * The ports that may be attached to: that of the process which is meant, if debugpy listens there, otherwise those of all
 * processes that were found. Throws with the reason where there is none.
 */
export const fittingPorts = (
  probed: readonly ProbedPort[],
  pid: number | null,
  { host, port }: ListeningPlace,
): readonly Found[] => {
  const found = probed.filter((each) => each.kind === 'process');
  const exact = found.filter((each) => each.pid === pid);
  if (exact.length > 0) return exact;
  const taken = probed.filter(({ kind }) => kind === 'taken').map((each) => each.port);
  if (found.length > 0 && (pid === null || taken.length === 0)) return found;
  const range = probed.length > 1 ? `${port}–${port + probed.length - 1}` : String(port);
  if (taken.length > 0)
    throw new CeleriacError(
      'unsupported',
      t('Another debugger is already attached at {0}:{1}. Only one can attach at a time.', host, taken.join(', ')),
    );
  throw new CeleriacError(
    'notFound',
    probed.some(({ kind }) => kind === 'stranger')
      ? t('Something answers at {0}:{1}, but it is not debugpy.', host, range)
      : t(
          'No debugpy answers at {0}:{1}. It listens on 127.0.0.1 of the worker unless CELERIAC_DEBUG_HOST says otherwise.',
          host,
          range,
        ),
  );
};
