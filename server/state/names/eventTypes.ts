import type { TaskStates } from './taskStates.ts';

/** What can happen to a task, by the column that keeps its time; also what is counted. */
export const taskKinds = [
  'sent',
  'received',
  'started',
  'succeeded',
  'failed',
  'retried',
  'revoked',
  'rejected',
] as const;
type Kind = (typeof taskKinds)[number];
export const sentKind = 0;
export const startedKind = 2;
export const succeededKind = 3;
export const failedKind = 4;
export const retriedKind = 5;
/** Counted beside `failed`, not an event of its own. */
export const timedOutKind = 8;
export const countedKinds = 9;

export interface EventType {
  readonly name: string;
  readonly group: 'task' | 'worker' | 'other';
  /** What follows the first dash (celery/events/state.py: `event['type'].partition('-')`). */
  readonly subject: string;
  /** -1 for what Celery does not know. */
  readonly kind: number;
  /** The state that a task event leads to. */
  readonly state: number;
}

const rememberedTypes = 1000;
const hintCount = 64;

/** Tells Celery's own types apart without hashing all of the text. */
const hintOf = (type: string): number =>
  (type.length * 5 + type.charCodeAt(5) + type.charCodeAt(7) * 3) & (hintCount - 1);

/** Takes event types apart, each only once. */
export class EventTypes {
  private readonly types = new Map<string, EventType>();
  /** The type last seen of each hint. */
  private readonly hinted: (EventType | null)[] = new Array<EventType | null>(hintCount).fill(null);
  private readonly states: TaskStates;

  constructor(states: TaskStates) {
    this.states = states;
  }

  of(type: string): EventType {
    const hint = hintOf(type);
    const hinted = this.hinted[hint] ?? null;
    if (hinted !== null && hinted.name === type) return hinted;
    const entry = this.types.get(type) ?? this.add(type);
    this.hinted[hint] = entry;
    return entry;
  }

  private add(type: string): EventType {
    const dash = type.indexOf('-');
    const group = dash < 0 ? type : type.slice(0, dash);
    const subject = dash < 0 ? '' : type.slice(dash + 1);
    const isTask = group === 'task';
    const entry: EventType = {
      name: type,
      group: isTask || group === 'worker' ? group : 'other',
      subject,
      kind: taskKinds.indexOf(subject as Kind),
      state: isTask ? this.states.codeOf(subject) : 0,
    };
    if (this.types.size < rememberedTypes) this.types.set(type, entry);
    return entry;
  }
}
