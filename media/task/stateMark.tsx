import type { TaskState } from '../../server/api/tasks.ts';

/** One shape for each state, beside its name: colour alone says nothing. */
const shapes: Readonly<Record<string, string>> = {
  SUCCESS: 'M3 8.5 6.5 12 13 4.5',
  FAILURE: 'M4 4 12 12M12 4 4 12',
  RETRY: 'M12.5 8A4.5 4.5 0 1 1 11 4.6M11 2v3H8',
  STARTED: 'M5.5 3.5 12 8l-6.5 4.5z',
  REVOKED: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 1 0 0-11M4 4l8 8',
  REJECTED: 'M3 8h10',
  RECEIVED: 'M8 2.5v7M5 7l3 3 3-3M3 13h10',
};
const other = 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 1 0 0-11M8 5v3.5l2 1.5';

export const StateIcon = ({ state }: { readonly state: TaskState }) => (
  <svg class={`state-icon ${toneOf(state)}`} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
    <path d={shapes[state] ?? other} fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round" />
  </svg>
);

export const StateMark = ({ state }: { readonly state: TaskState }) => (
  <span class={`state-mark ${toneOf(state)}`}>
    <StateIcon state={state} />
    <span>{state}</span>
  </span>
);

export const toneOf = (state: TaskState): string => {
  switch (state) {
    case 'SUCCESS':
      return 'tone-good';
    case 'FAILURE':
    case 'REJECTED':
      return 'tone-bad';
    case 'RETRY':
    case 'REVOKED':
      return 'tone-warn';
    case 'STARTED':
      return 'tone-busy';
    default:
      return 'tone-calm';
  }
};
