"""Stands in for customers: `python -m shop.traffic --rate 2` places about two orders a second until stopped."""

import argparse
import datetime
import random
import signal
import threading
import time

from kombu.exceptions import OperationalError

from shop import emails, inventory, orders, reports
from shop.celeryapp import app
from shop.moods import MIXED, mood_after

PRODUCTS = {"TEA-100": 890, "CUP-7": 1450, "POT-3": 3900, "SPOON-1": 350}
NAMES = ("ada", "grace", "linus", "barbara", "edsger", "radia", "ken", "frances")
CITIES = (("Hamburg", "20095"), ("Leipzig", "04109"), ("Köln", "50667"))
QUEUES = ("default", "priority", "emails")


def happens(chance, percent):
    return chance.random() * 100 < percent


def customer(chance, mood):
    return f"{chance.choice(NAMES)}@{'busy' if happens(chance, mood.busy_mail_server) else 'shop'}.example"


def card(chance, mood):
    if happens(chance, mood.declined_cards):
        return "tok_declined"
    return "tok_slow" if happens(chance, mood.slow_gateway) else "tok_visa"


def order(chance, mood=MIXED):
    items = chance.choices(list(PRODUCTS), k=chance.randint(1, 4))
    city, postcode = ("Graz", None) if happens(chance, mood.unknown_addresses) else chance.choice(CITIES)
    return {
        "id": f"{chance.randint(10_000, 99_999)}",
        "email": customer(chance, mood),
        "items": items,
        "total_cents": sum(PRODUCTS[sku] for sku in items),
        "card": card(chance, mood),
        "address": {"city": city, "postcode": postcode},
    }


def place_order(chance, mood):
    orders.place(order(chance, mood)).apply_async()


def abandon_cart(chance, mood):
    emails.remind_cart.apply_async((customer(chance, mood),), countdown=chance.randint(20, 120))


def ask_for_refund(chance, _mood):
    orders.refund.delay(str(chance.randint(10_000, 99_999)), chance.choice(list(PRODUCTS.values())))


def sync_stock(chance, mood):
    warehouse = "attic" if happens(chance, mood.wrong_stock) else chance.choice(("hamburg", "leipzig"))
    inventory.sync.apply_async((warehouse,), expires=300)


def ask_for_report(_chance, _mood):
    reports.nightly.delay(datetime.date.today().isoformat())


WISHES = {place_order: 70, abandon_cart: 12, ask_for_refund: 8, sync_stock: 8, ask_for_report: 2}


def give_up_quickly():
    """Celery's own patience with a broker that is away is 20 seconds and more, in which Ctrl-C does nothing."""
    app.conf.task_publish_retry = False
    app.conf.broker_transport_options = {**app.conf.broker_transport_options, "max_retries": 1, "interval_start": 0}
    # Customers do not wait for results, and listening for them has a patience of its own on Redis.
    app.conf.result_backend = None


def waiting():
    """How many messages wait in the queues of the shop."""
    with app.connection_for_write() as connection, connection.channel() as channel:
        return sum(channel.queue_declare(queue, passive=True).message_count for queue in QUEUES)


def is_crowded(most_waiting):
    """Customers who see a long line come back later, so that no queue grows for ever."""
    try:
        return most_waiting is not None and waiting() >= most_waiting
    except app.connection_for_write().channel_errors:
        return False  # No worker has made the queues yet.


def send_until(stopped, options, chance):
    sent, began = 0, time.monotonic()
    while not stopped.is_set() and (options.count is None or sent < options.count):
        mood = mood_after(time.monotonic() - began) if options.incidents else MIXED
        wish = chance.choices(list(WISHES), list(WISHES.values()))[0]
        try:
            if is_crowded(options.most_waiting * mood.crowd if options.most_waiting else None):
                stopped.wait(1)
                continue
            wish(chance, mood)
            sent += 1
        except OperationalError as error:
            print(f"The broker did not take it ({error}); trying again in a second.", flush=True)
            stopped.wait(1)
        stopped.wait(chance.expovariate(options.rate * mood.crowd))
    return sent


def main():
    parser = argparse.ArgumentParser(prog="python -m shop.traffic", description=__doc__)
    parser.add_argument("--rate", type=float, default=2, help="requests a second, on average (default 2)")
    parser.add_argument("--count", type=int, help="stop after so many (default: never)")
    parser.add_argument("--seed", type=int, help="the same customers every time")
    parser.add_argument("--most-waiting", type=int, help="wait while so many messages are queued (default: never)")
    parser.add_argument("--incidents", action="store_true", help="calm, but for one incident every seven minutes")
    options = parser.parse_args()
    if options.rate <= 0:
        parser.error("--rate must be more than 0")

    give_up_quickly()
    stopped = threading.Event()
    for wanted in (signal.SIGINT, signal.SIGTERM):
        signal.signal(wanted, lambda *_: stopped.set())
    print(f"About {options.rate:g} requests a second to {app.connection().as_uri()}. Ctrl-C stops.", flush=True)
    sent = send_until(stopped, options, random.Random(options.seed))
    print(f"{sent} requests sent.", flush=True)


if __name__ == "__main__":
    main()
