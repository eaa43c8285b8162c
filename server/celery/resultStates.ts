/** celery/states.py: what a result backend may say of a task that has ended. */
const readyStates: ReadonlySet<string> = new Set(['SUCCESS', 'FAILURE', 'REVOKED']);
const exceptionStates: ReadonlySet<string> = new Set(['RETRY', 'FAILURE', 'REVOKED']);

export const isReadyState = (status: string): boolean => readyStates.has(status);

/** In these states the result is an exception. */
export const isExceptionState = (status: string): boolean => exceptionStates.has(status);

/** Ours, for an entry whose state cannot be read. */
export const unknownState = 'UNKNOWN';
