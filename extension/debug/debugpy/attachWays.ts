import { t } from '@vscode/l10n';
import type { DebugTarget, ProcessReach, WorkerPlace } from '../../../server/api/debugging.ts';

export interface ListeningPlace {
  readonly host: string;
  readonly port: number;
}

export interface AttachFacts {
  readonly target: DebugTarget;
  /** The process that is meant; null: nothing tells which one, but a port may. */
  readonly pid: number | null;
  /** Null: it is no process of this machine. */
  readonly reach: ProcessReach | null;
  /** A Python with debugpy that can be brought into it; null: there is none. */
  readonly python: string | null;
  /** Where somebody has attached to this worker before. */
  readonly remembered: ListeningPlace | null;
}

/** How to get at the process. */
export type AttachWay =
  | { readonly kind: 'listening'; readonly place: ListeningPlace }
  | { readonly kind: 'search'; readonly place: ListeningPlace }
  | { readonly kind: 'inject'; readonly pid: number; readonly python: string }
  | { readonly kind: 'type' }
  | { readonly kind: 'makeListen' };

export interface WayChoice {
  /** Null: it is not possible, and `detail` says why. */
  readonly way: AttachWay | null;
  readonly icon: string;
  readonly label: string;
  readonly description: string;
  readonly detail: string;
}

/** debugpy listens in the very process: there is nothing to choose. */
export const sureWay = ({ target, pid }: AttachFacts): AttachWay | null => {
  const listener = target.listeners.find((each) => each.pid === pid);
  return listener ? { kind: 'listening', place: { host: listener.host, port: listener.port } } : null;
};

/** Everything else, the likeliest first; what is not possible says why, and what would help. */
export const wayChoices = (facts: AttachFacts): readonly WayChoice[] => {
  const { target, remembered } = facts;
  const port = remembered ? [rememberedChoice(remembered)] : [];
  const typed: WayChoice = {
    way: { kind: 'type' },
    icon: 'edit',
    label: t('Enter Host and Port…'),
    description: t('debugpy listens in the worker'),
    detail: '',
  };
  const inject = injectChoice(facts);
  const makeListen: WayChoice = {
    way: { kind: 'makeListen' },
    icon: 'code',
    label: t('Have the Worker Listen…'),
    description: t('copies a few lines for your Celery app'),
    detail: listenDetail(target),
  };
  return inject.way ? [...port, inject, typed, makeListen] : [...port, typed, makeListen, inject];
};

const rememberedChoice = (place: ListeningPlace): WayChoice => ({
  way: { kind: 'search', place },
  icon: 'history',
  label: `${place.host}:${place.port}`,
  description: t('attached before'),
  detail: '',
});

const listenDetail = ({ listeners, place }: DebugTarget): string => {
  if (place !== 'here') return t('Unknown whether debugpy listens there.');
  return listeners.length === 0
    ? t('debugpy listens in none of its processes.')
    : t('debugpy listens in other processes of this worker.');
};

const injectChoice = (facts: AttachFacts): WayChoice => {
  const { pid, python } = facts;
  const obstacle = obstacleTo(facts);
  const label = pid === null ? t('Inject debugpy into the Process') : t('Inject debugpy into Process {0}', pid);
  if (obstacle !== null || pid === null || python === null)
    return { way: null, icon: 'circle-slash', label, description: t('not possible'), detail: obstacle ?? '' };
  const detail = t('Pauses the process for a second or two. Uses debugpy from {0}', python);
  return {
    way: { kind: 'inject', pid, python },
    icon: 'debug-alt',
    label,
    description: t('by its process id'),
    detail,
  };
};

/** One sentence with what would help; null: nothing stands in the way. */
const obstacleTo = ({ target, pid, reach, python }: AttachFacts): string | null => {
  if (target.place !== 'here') return elsewhere(target.place, target.hostname);
  if (pid === null) return t('The process is unknown. Select one under Processes of the worker.');
  switch (reach?.obstacle) {
    case 'gone':
      return t('Process {0} has ended.', pid);
    case 'otherUser':
      return t('Process {0} belongs to another user of this machine. Only root may look into it.', pid);
    case 'ptraceForbidden':
      return t('Linux forbids it on this machine. Allow it: echo 0 | sudo tee /proc/sys/kernel/yama/ptrace_scope');
    case 'noGdb':
      return t('gdb is not installed. Install it: sudo apt install gdb');
    case 'gdbFails':
      return t('The gdb of this machine is too old for its processor. Install a newer one, or have the worker listen.');
    default:
      break;
  }
  if (python !== null) return null;
  return t('debugpy is not installed. Install it: {0} -m pip install debugpy', reach?.pythons[0] ?? 'python');
};

const elsewhere = (place: Exclude<WorkerPlace, 'here'>, hostname: string): string => {
  switch (place) {
    case 'container':
      return t('{0} runs in a container. Have it listen there, and publish the port.', hostname);
    case 'elsewhere':
      return t('{0} runs on another machine. Have it listen there, and forward the port.', hostname);
    case 'unknown':
      return t('Unknown whether {0} runs on this machine. Have it listen.', hostname);
    default:
      return place satisfies never;
  }
};
