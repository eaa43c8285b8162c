"""Celery's own answer: feeds streams of events to celery.events.state.State and prints what it holds.

One JSON list of events a line on stdin, one JSON object a line on stdout.
"""
import json
import logging
import sys

from celery.events.state import State

logging.disable(logging.CRITICAL)

TASK_FIELDS = (
    'name', 'state', 'received', 'sent', 'started', 'rejected', 'succeeded', 'failed', 'retried', 'revoked',
    'args', 'kwargs', 'eta', 'expires', 'retries', 'result', 'exception', 'timestamp', 'runtime', 'traceback',
    'exchange', 'routing_key', 'clock', 'client', 'root_id', 'parent_id',
)
WORKER_FIELDS = (
    'hostname', 'pid', 'freq', 'heartbeats', 'clock', 'active', 'processed', 'loadavg', 'sw_ident', 'sw_ver', 'sw_sys',
)


def task_of(task):
    fields = {field: getattr(task, field) for field in TASK_FIELDS}
    fields['worker'] = task.worker.hostname if task.worker is not None else None
    fields['queue'] = getattr(task, 'queue', None)
    fields['children'] = sorted(child.uuid for child in task.children if child is not task)
    return fields


def worker_of(worker):
    return {field: getattr(worker, field) for field in WORKER_FIELDS}


for line in sys.stdin:
    state = State(max_tasks_in_memory=10 ** 6)
    for event in json.loads(line):
        state.event(event)
    print(json.dumps({
        'tasks': {uuid: task_of(task) for uuid, task in state.tasks.data.items()},
        'workers': {name: worker_of(worker) for name, worker in state.workers.data.items()},
    }), flush=True)
