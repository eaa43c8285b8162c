/** How the key/value backends, Redis and the filesystem, name their entries. */
export interface ResultKeys {
  task(taskId: string): string;
  group(groupId: string): string;
}

/** `result_backend_transport_options` may set a prefix (celery/backends/base.py: BaseKeyValueStoreBackend). */
export const readResultKeys = (transportOptions: Readonly<Record<string, unknown>>): ResultKeys => {
  const prefix = withSeparator(transportOptions['global_keyprefix']);
  return {
    task: (taskId) => `${prefix}celery-task-meta-${taskId}`,
    group: (groupId) => `${prefix}celery-taskset-meta-${groupId}`,
  };
};

const withSeparator = (option: unknown): string => {
  if (typeof option !== 'string' || option === '') return '';
  return /[:_.-]$/.test(option) ? option : `${option}_`;
};
