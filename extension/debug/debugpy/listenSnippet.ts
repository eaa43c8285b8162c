/** Modules that the handlers below need, each in a line of its own. */
export const listenImports: readonly string[] = [
  'import os',
  'import threading',
  'from celery.signals import worker_init, worker_process_init',
];

/**
 * What a Celery app needs so that each of its processes waits for a debugger. Prefork children and the solo pool say
 * `worker_process_init`; threads run in the worker's own process, which says `worker_init` only. A child that Celery
 * starts later may descend from a background thread, in which debugpy would not stay: the mark tells it that this is the
 * thread to stay for.
 */
export const listenHandlers = `@worker_process_init.connect
def listen_for_debugger(**kwargs):
    """With CELERIAC_DEBUG_PORT=5680, the first process of a worker listens for a debugger there, the next ones above."""
    if "CELERIAC_DEBUG_PORT" not in os.environ:
        return
    import debugpy
    from billiard.process import current_process

    setattr(threading.current_thread(), "__pydevd_main_thread", True)
    port = int(os.environ["CELERIAC_DEBUG_PORT"]) + getattr(current_process(), "index", 0)
    debugpy.listen((os.environ.get("CELERIAC_DEBUG_HOST", "127.0.0.1"), port))


@worker_init.connect
def listen_for_debugger_in_threads(sender, **kwargs):
    if "thread" in str(sender.pool_cls):
        listen_for_debugger()
`;

/** All of it, to be pasted. */
export const listenSnippet = `${listenImports.slice(0, 2).join('\n')}\n\n${listenImports.slice(2).join('\n')}\n\n\n${listenHandlers}`;
