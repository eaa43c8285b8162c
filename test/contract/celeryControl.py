"""Runs `celery inspect|control …` for each list of arguments on stdin, and prints what each of them printed.

It is the code of the command line itself, but all in one process, which saves the imports, and told how many workers
answer, which saves waiting for nobody.
"""

import contextlib
import io
import json
import sys

from celery.bin.celery import celery
from celery.worker.control import Panel
from kombu import pidbox

collect = pidbox.Mailbox._collect
expected = 1


def collect_expected(self, ticket, limit=None, **kwargs):
    return collect(self, ticket, limit=expected, **kwargs)


pidbox.Mailbox._collect = collect_expected


def run(args):
    global expected
    expected = 1 if "-d" in args else 2
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            celery.main(args=["-A", "lab_app", *args], standalone_mode=False)
    except Exception as error:
        return {"printed": printed.getvalue(), "error": repr(error)}
    return {"printed": printed.getvalue(), "error": None}


json.dump(
    {
        "runs": [run(args) for args in json.load(sys.stdin)],
        "commands": {name: info.type for name, info in Panel.meta.items() if info.visible},
    },
    sys.stdout,
)
