/** A task by the names and values of celery/events/state.py: Task (`worker` is the worker's hostname). */
export type CeleryTask = Readonly<Record<string, unknown>> & { readonly uuid: string; readonly state: string };
