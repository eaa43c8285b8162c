import type { DebugTarget, RunningTarget } from '../../../server/api/debugging.ts';
import { type SessionTarget, targetField } from '../safety/sessionTarget.ts';
import type { ListeningPlace } from './attachWays.ts';
import type { CeleryConfiguration } from './toDebugpy.ts';

export type ReachedBy =
  | { readonly kind: 'listening'; readonly place: ListeningPlace }
  | { readonly kind: 'inject'; readonly pid: number; readonly python: string };

export interface AttachOrder {
  readonly clusterId: string;
  readonly target: DebugTarget;
  readonly task: RunningTarget | null;
  readonly way: ReachedBy;
  /** Besides those of the settings. */
  readonly pathMappings: Readonly<Record<string, string>>;
}

const shownOfId = 8;

/** The debug configuration that attaches there; its name says to what, and how. */
export const attachRequest = ({ clusterId, target, task, way, pathMappings }: AttachOrder): CeleryConfiguration => {
  const { hostname } = target;
  const subject = task ? `${task.name ?? ''} ${task.id.slice(0, shownOfId)}`.trim() : hostname;
  const standsIn: SessionTarget = { clusterId, hostname, taskId: task?.id ?? null };
  const { host, port } = way.kind === 'listening' ? way.place : { host: '', port: 0 };
  const reached =
    way.kind === 'listening'
      ? { name: `${subject} · ${host}:${port}`, connect: { host, port } }
      : { name: `${subject} · pid ${way.pid}`, processId: way.pid, python: way.python };
  return {
    type: 'celery',
    request: 'attach',
    ...reached,
    ...(Object.keys(pathMappings).length > 0 ? { pathMappings } : {}),
    [targetField]: standsIn,
  };
};
