/**
 * States as small numbers. The first nine are Celery's; a custom event such as `task-progress` makes another, as it does in
 * celery/events/state.py (`state = type_.upper()`).
 */
export const pending = 0;
export const received = 1;
export const started = 2;
export const success = 3;
export const failure = 4;
export const retry = 5;
export const revoked = 6;
export const rejected = 7;
const builtin = ['PENDING', 'RECEIVED', 'STARTED', 'SUCCESS', 'FAILURE', 'RETRY', 'REVOKED', 'REJECTED'] as const;

/** Custom states beyond the last share one name; a cluster that invents more has other worries. */
export const stateLimit = 32;
const overflowName = 'OTHER';

/** Marks a row that holds no task. */
export const noState = 255;

/** celery/states.py: PRECEDENCE; lower wins. Unknown states have the place of `None`. */
const precedenceOfCustom = 2;
const precedenceOfBuiltin = [8, 5, 4, 0, 1, 7, 3, 6];

/** celery/events/state.py: TASK_EVENT_TO_STATE. */
const stateOfSubject: ReadonlyMap<string, number> = new Map([
  ['sent', pending],
  ['received', received],
  ['started', started],
  ['succeeded', success],
  ['failed', failure],
  ['retried', retry],
  ['revoked', revoked],
  ['rejected', rejected],
]);

/** The states of one cluster: Celery's own and the custom ones its events brought. */
export class TaskStates {
  readonly names: string[] = [...builtin];
  private readonly codeOfSubject = new Map<string, number>(stateOfSubject);
  private readonly codeOfName = new Map<string, number>(builtin.map((name, code) => [name, code]));
  private readonly precedences = new Uint8Array(stateLimit).fill(precedenceOfCustom);

  constructor() {
    this.precedences.set(precedenceOfBuiltin);
  }

  codeOf(subject: string): number {
    return this.codeOfSubject.get(subject) ?? this.addCustom(subject);
  }

  nameOf(code: number): string {
    return this.names[code] ?? overflowName;
  }

  codeNamed(name: string): number | undefined {
    return this.codeOfName.get(name);
  }

  /**
   * Whether an event of state `next` logically happened before the state `current` that is already known, so that it
   * must not change it (celery/events/state.py: Task.event). A retry starts a new life: it is never late, nor is anything
   * that follows it.
   */
  isLate(next: number, current: number): boolean {
    if (next === retry || current === retry) return false;
    return (this.precedences[next] ?? 0) > (this.precedences[current] ?? 0);
  }

  private addCustom(subject: string): number {
    const name = this.names.length < stateLimit - 1 ? subject.toUpperCase() : overflowName;
    let code = this.codeOfName.get(name);
    if (code === undefined) {
      code = this.names.length;
      this.names.push(name);
      this.codeOfName.set(name, code);
    }
    if (this.codeOfSubject.size < 1000) this.codeOfSubject.set(subject, code);
    return code;
  }
}

/** Which tasks are forgotten first when the limit is reached: the least telling. Running ones go last of all. */
export const evictionClassOf = (code: number, name: string): number => {
  switch (code) {
    case success:
      return 0;
    case revoked:
    case rejected:
      return 1;
    case pending:
    case received:
    case retry:
      return 2;
    case failure:
      return 3;
    default:
      // `task-cancelled` ends a task; other custom states report its progress.
      return name === 'CANCELLED' ? 1 : 4;
  }
};
export const evictionClassCount = 5;
