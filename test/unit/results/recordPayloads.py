"""Writes what Celery's folder backend stores, byte for byte, as JSON to stdout: python recordPayloads.py > recordedPayloads.json

Needs celery, msgpack and pyyaml; the compressed ones need celery 5.7 or newer.
"""

import base64
import json
import os
import sys
import tempfile

import celery
import celery.result
from celery import Celery
from celery.app.task import Context

only = sys.argv[1:]


def stored(task_id="t1", state="SUCCESS", result=None, traceback=None, request=None, **conf):
    with tempfile.TemporaryDirectory() as folder:
        app = Celery("recorded", backend=f"file://{folder}", set_as_current=False)
        app.conf.update(accept_content=["json", "pickle", "yaml", "msgpack"], **conf)
        app.backend.store_result(task_id, result, state, traceback=traceback, request=request)
        with open(os.path.join(folder, f"celery-task-meta-{task_id}"), "rb") as file:
            return base64.b64encode(file.read()).decode()


request = Context(
    id="t1", task="shop.pay", args=[1], kwargs={"a": 2}, hostname="w@h", retries=1, group="g1", parent_id="p1",
    delivery_info={"routing_key": "priority"}, _children=[celery.result.AsyncResult("c1")],
)  # fmt: skip
value = {"n": 3}
payloads = {
    "json": lambda: stored(result=value),
    "extended": lambda: stored(result=value, result_extended=True, request=request),
    "failure": lambda: stored(state="FAILURE", result=KeyError("x"), traceback="Traceback …"),
    "started": lambda: stored(state="STARTED", result={"pid": 7, "hostname": "w@h"}),
    "pickle": lambda: stored(result=value, result_serializer="pickle"),
    "pickleFailure": lambda: stored(state="FAILURE", result=KeyError("x"), result_serializer="pickle"),
    "yaml": lambda: stored(result=value, result_serializer="yaml"),
    "msgpack": lambda: stored(result=value, result_serializer="msgpack"),
    "gzip": lambda: stored(result=value, result_compression="gzip"),
    "bzip2": lambda: stored(result=value, result_compression="bzip2"),
}
if celery.__version__ < "5.7":
    payloads = {name: make for name, make in payloads.items() if name not in ("gzip", "bzip2")}
print(json.dumps({name: make() for name, make in payloads.items() if not only or name in only}, indent=2))
