"""Sends one task, listens to events as Celery's own monitor does until it has long succeeded, and prints what was heard.

usage: observe.py TASK [JSON ARGUMENT]... → {"types": [...], "hostnames": [...], "result": ...}
"""

import json
import sys

from lab_app import app

heard = []
heartbeats_since = 0


def hear(event):
    global heartbeats_since
    heard.append(event)
    # Not before the first event: on Redis a receiver is subscribed some time after it says that it is ready.
    if result is None:
        send()
    if event["type"] == "worker-heartbeat" and result.ready():
        heartbeats_since += 1
    # Task events are sent in bundles; after two heartbeats none can be on its way any more.
    receiver.should_stop = heartbeats_since >= 2


def send():
    global result
    name, *arguments = sys.argv[1:]
    result = app.send_task(name, [json.loads(one) for one in arguments])


result = None
with app.connection_for_read() as connection:
    receiver = app.events.Receiver(connection, handlers={"*": hear})
    receiver.capture(limit=None, timeout=None, wakeup=False)

print(
    json.dumps(
        {
            "types": sorted({event["type"] for event in heard}),
            "hostnames": sorted({event["hostname"] for event in heard if event["type"].startswith("worker-")}),
            "result": result.result,
        }
    )
)
