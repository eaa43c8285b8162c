import type { Delivery } from '../celery/delivery.ts';
import type { CeleryEvent } from '../celery/event.ts';
import type { ClusterState } from '../state/clusterState.ts';
import type { RawEvents } from '../state/rawEvents.ts';
import type { Guard } from './guard.ts';
import type { IntakeSink } from './intake.ts';

/** One that fails is counted by its name, and harms nobody else. */
export type EventListener = (event: CeleryEvent, receivedAt: number) => void;

export interface IntakeSinkParts {
  readonly guard: Guard;
  readonly state: ClusterState;
  readonly rawEvents: RawEvents;
  /** When the last event came. */
  readonly heard: (receivedAt: number) => void;
  readonly judge: EventListener;
  readonly listeners: Readonly<Record<string, EventListener>>;
  readonly progressed: () => void;
}

/** Whatever comes in reaches everybody through the guard, the state first. */
export const intakeSink = (parts: IntakeSinkParts): IntakeSink => {
  const { guard, state, rawEvents, heard, progressed } = parts;
  const vital = { isVital: true };
  const apply = guard.listener<CeleryEvent, number>('state', (event, at) => state.apply(event, at), vital);
  const keep = guard.listener<CeleryEvent>('raw events', (event) => rawEvents.note(event), vital);
  const judge = guard.listener('health', parts.judge, vital);
  const others = Object.entries(parts.listeners).map(([name, note]) => guard.listener(name, note));
  return {
    delivery: guard.listener<Delivery, number>('raw events', (delivery, at) => rawEvents.begin(delivery, at), vital),
    event: (event, receivedAt) => {
      heard(receivedAt);
      apply(event, receivedAt);
      keep(event);
      judge(event, receivedAt);
      for (const note of others) note(event, receivedAt);
    },
    invalid: (problem) => state.noteProblem(problem),
    overflow: (messages) => state.noteLost(messages),
    progressed,
  };
};
