"""Runs one task in this process, as Celery's eager mode does: without broker and worker. The debugger starts it."""

import json
import os
import sys
import traceback


def load(target):
    """The app as ``celery -A`` finds it, with the tasks that its workers would know."""
    from celery.app.utils import find_app

    app = find_app(target)
    app.loader.import_default_modules()
    app.finalize()
    return app


def main():
    order = json.loads(os.environ.pop("CELERIAC_TASK"))
    # Python put the folder of this file there; a worker has the one it is started in.
    sys.path[0] = os.getcwd()
    app = load(order["app"])
    name = order["name"]
    if order["module"] and name not in app.tasks:
        app.loader.import_task_module(order["module"])
    if name not in app.tasks:
        known = sorted(each for each in app.tasks if not each.startswith("celery."))
        sys.exit("{} does not know the task {}. It knows: {}".format(order["app"], name, ", ".join(known) or "none"))
    print("{} runs in this process ({}); nothing goes to the broker unless it sends something.".format(name, os.getpid()))
    sys.stdout.flush()
    result = app.tasks[name].apply(args=order["args"], kwargs=order["kwargs"])
    if result.successful():
        print("{}[{}] succeeded: {!r}".format(name, result.id, result.result))
        return 0
    print("{}[{}] ended as {}: {!r}".format(name, result.id, result.state, result.result))
    print(result.traceback or "".join(traceback.format_exception_only(type(result.result), result.result)))
    return 1


if __name__ == "__main__":
    sys.exit(main())
