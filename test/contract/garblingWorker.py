"""A real worker whose replies nobody can read: `garblingWorker.py garbage|ticket NAME`."""

import os
import sys

from kombu.pidbox import Node

kind, name = sys.argv[1:]
as_usual = Node.reply


def garbage(self, data, exchange, routing_key, ticket, **kwargs):
    with self.mailbox.producer_pool.acquire(block=True) as producer:
        producer.publish(
            os.urandom(64),
            exchange=exchange,
            routing_key=routing_key,
            headers={"ticket": ticket},
            content_type="application/json",
            content_encoding="binary",
        )


def another_ticket(self, data, exchange, routing_key, ticket, **kwargs):
    as_usual(self, data, exchange, routing_key, "of-another-question", **kwargs)


Node.reply = {"garbage": garbage, "ticket": another_ticket}[kind]

from lab_app import app  # noqa: E402

app.worker_main(["worker", "-n", name, "-P", "solo", "-E", "-Q", "default", "--without-mingle", "--loglevel", "info"])
