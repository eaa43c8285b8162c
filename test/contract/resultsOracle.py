"""What Celery itself says of results. Makes some first, prints {"ids": …, "said": {id: …}} as JSON; see resultsOracle.ts.

worker FOLDER   sends tasks to a running worker and leaves some of them running, until a file appears in FOLDER
eager           runs tasks in this process, which stores their results as a worker does
"""

import datetime
import decimal
import json
import os
import sys
import time
import uuid

from celery import Celery, chord, group
from celery.app.task import Context
from celery.result import ResultBase, result_from_tuple
from kombu.utils.json import dumps
from lab_app import app, echo, fail, retry, until_file

TYPES = {
    "when": datetime.datetime(2026, 1, 2, 3, 4, 5),
    "price": decimal.Decimal("1.50"),
    "id": uuid.UUID(int=7),
    "none": None,
    "text": 'ä€😀 "quoted" {brace}',
}


def until(what, probe):
    deadline = time.monotonic() + 30
    while not probe():
        if time.monotonic() > deadline:
            sys.exit(f"waited in vain until {what}")
        time.sleep(0.01)


def plain(value):
    """The value as stored: exceptions by name, everything else as the serializer writes it."""
    if isinstance(value, BaseException):
        return {"exception": type(value).__name__, "message": json.loads(dumps(list(value.args)))}
    if isinstance(value, ResultBase):
        value = value.as_tuple()
    return json.loads(dumps(value))


def said_of(task_id, on=app):
    result = on.AsyncResult(task_id)
    done = result.date_done
    return {
        "status": result.status,
        "result": plain(result.result),
        "traceback": result.traceback,
        "children": [result_from_tuple(child, on).id for child in result.children or []],
        "dateDone": done if done is None or isinstance(done, str) else done.isoformat(),
        "name": result.name,
        "args": plain(result.args),
        "kwargs": plain(result.kwargs),
        "worker": result.worker,
        "retries": result.retries,
        "queue": result.queue,
    }


def other_app(**conf):
    other = Celery("other", broker=app.conf.broker_url, backend=app.conf.result_backend, set_as_current=False)
    other.conf.update(accept_content=["json", "pickle"], result_extended=True, **conf)
    return other


def store_elsewhere(ids):
    pickler = other_app(result_serializer="pickle")
    ids["pickled"] = str(uuid.uuid4())
    pickler.backend.store_result(ids["pickled"], {1, 2}, "SUCCESS")
    pickler.GroupResult("pickled-group", [pickler.AsyncResult(ids["pickled"])]).save()
    ids["prefixed"] = str(uuid.uuid4())
    prefixed = other_app(result_backend_transport_options={"global_keyprefix": "team"})
    prefixed.backend.store_result(ids["prefixed"], 5, "SUCCESS")
    ids["unknown"] = str(uuid.uuid4())


def with_worker(folder):
    ids = {"revoked": str(uuid.uuid4())}
    app.control.revoke(ids["revoked"], reply=True, timeout=10, limit=1)
    echo.apply_async([1], task_id=ids["revoked"])
    ids["success"] = echo.apply_async([{"n": 3}], {}).id
    ids["types"] = echo.apply_async([TYPES]).id
    ids["failure"] = fail.apply_async(["broken"]).id
    ids["retry"] = retry.apply_async([5], {"countdown": 60}).id
    ids["ignored"] = echo.apply_async([1], ignore_result=True).id
    ids["started"] = until_file.apply_async([os.path.join(folder, "started")]).id
    header = [echo.s(1), until_file.s(os.path.join(folder, "chord")), echo.s(3)]
    body = chord(header)(echo.s())
    ids["body"], ids["chord"] = body.id, body.parent.id
    saved = group(echo.s(1), fail.s("in a group"), until_file.s(os.path.join(folder, "started"))).apply_async()
    saved.save()
    ids["group"] = saved.id
    store_elsewhere(ids)
    expected = {
        "success": "SUCCESS", "types": "SUCCESS", "failure": "FAILURE", "revoked": "REVOKED", "retry": "RETRY",
        "started": "STARTED",
    }  # fmt: skip
    for name, state in expected.items():
        until(f"{name} is {state}", lambda: app.AsyncResult(ids[name]).status == state)
    until("two of the chord have ended", lambda: sum(one.ready() for one in body.parent.results) == 2)
    until("two of the group have ended", lambda: sum(one.ready() for one in saved.results) == 2)
    return ids, {"group": [one.id for one in saved.results], "chord": [one.id for one in body.parent.results]}


def eagerly():
    app.conf.update(task_always_eager=True, task_store_eager_result=True)
    ids = {}
    ids["success"] = echo.apply_async([{"n": 3}]).id
    ids["types"] = echo.apply_async([TYPES]).id
    ids["failure"] = fail.apply_async(["broken"]).id
    ids["none"] = str(uuid.uuid4())
    app.backend.store_result(ids["none"], None, "SUCCESS")
    ids["started"] = str(uuid.uuid4())
    app.backend.store_result(ids["started"], {"pid": 7, "hostname": "w@h"}, "STARTED")
    ids["revoked"] = str(uuid.uuid4())
    app.backend.mark_as_revoked(ids["revoked"], "terminated")
    ids["parent"] = str(uuid.uuid4())
    request = Context(id=ids["parent"], _children=[app.AsyncResult("child-1")])
    app.backend.store_result(ids["parent"], 1, "SUCCESS", request=request)
    saved = app.GroupResult("a-group", [app.AsyncResult(ids["success"]), app.AsyncResult(ids["started"])])
    saved.save()
    ids["group"] = saved.id
    store_elsewhere(ids)
    app.conf.update(task_always_eager=False)
    return ids, {"group": [one.id for one in saved.results]}


if __name__ == "__main__":
    ids, members = with_worker(sys.argv[2]) if sys.argv[1] == "worker" else eagerly()
    told = [name for name in ids if name not in ("group", "chord", "pickled", "prefixed")]
    print(json.dumps({"ids": ids, "members": members, "said": {name: said_of(ids[name]) for name in told}}))
