"""The shop's app with a few more tasks that do exactly as they are told. For tests; see ../lab.ts."""

import os
import signal
import time

from celery.contrib import rdb
from shop.celeryapp import app

if os.environ.get("LAB_TASK_EVENTS") == "off":
    app.conf.worker_send_task_events = False


if os.environ.get("LAB_ACCEPT"):
    app.conf.accept_content = [os.environ["LAB_ACCEPT"]]


def announce_mailbox():
    """On Redis a worker calls itself ready a moment before it hears commands: ../worker.ts waits for this line."""
    try:
        from kombu.transport.redis import Channel
    except ImportError:
        return
    subscribe = Channel._subscribe

    def subscribing(self):
        subscribe(self)
        if any(queue.endswith(".celery.pidbox") for queue in self.active_fanout_queues):
            os.write(1, b"lab: the mailbox is open\n")

    Channel._subscribe = subscribing


announce_mailbox()


class LabError(Exception):
    pass


@app.task(name="lab.echo")
def echo(*args, **kwargs):
    return kwargs if kwargs else args[0] if len(args) == 1 else list(args)


@app.task(name="lab.sleep")
def sleep(seconds):
    time.sleep(seconds)
    return seconds


@app.task(name="lab.fail")
def fail(message="as told"):
    raise LabError(message)


@app.task(name="lab.retry", bind=True, max_retries=None)
def retry(self, times, countdown=0.1):
    if self.request.retries < times:
        raise self.retry(exc=LabError(f"attempt {self.request.retries + 1}"), countdown=countdown)
    return self.request.retries


@app.task(name="lab.die")
def die():
    """What the kernel does to a child that uses too much memory."""
    os.kill(os.getpid(), signal.SIGKILL)


@app.task(name="lab.until_file")
def until_file(path, timeout=60):
    """Runs until the file exists, so that a test decides how long "running" lasts."""
    deadline = time.monotonic() + timeout
    while not os.path.exists(path):
        if time.monotonic() > deadline:
            raise LabError(f"{path} did not appear within {timeout} s")
        time.sleep(0.02)
    return path


class Basket:
    def __init__(self, owner, lines):
        self.owner = owner
        self.lines = lines

    def __repr__(self):
        return f"<Basket of {self.owner},\n {len(self.lines)} lines>"


def priced(number):
    price = number * 2  # breakpoint: priced
    return price


@app.task(name="lab.rdb")
def debugged(count=3):
    basket = Basket("Käthe 🥕", list(range(5000)))
    huge = "x" * 1_000_000
    total = 0
    rdb.set_trace()
    print("(Pdb) > lab_app.py(1)debugged()\n-> said by the task: grüß")
    for number in range(count):
        total += priced(number)  # breakpoint: loop
    try:
        int("no number")  # breakpoint: raises
    except ValueError:
        total += 100
    print(f"the total is {total}")
    return [total, basket.owner, len(huge)]


@app.task(name="lab.rdb_hold")
def held(path):
    rdb.set_trace()
    turns = 0
    while not os.path.exists(path):
        time.sleep(0.02)
        turns += 1  # breakpoint: turn
    return "held"
