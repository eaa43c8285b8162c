"""Customers, in place of customers: `python -m shop.traffic --rate 2` places about two orders a second until stopped."""

import argparse
import datetime
import random
import signal
import threading

from kombu.exceptions import OperationalError

from shop import emails, inventory, orders, reports
from shop.celeryapp import app

PRODUCTS = {"TEA-100": 890, "CUP-7": 1450, "POT-3": 3900, "SPOON-1": 350}
NAMES = ("ada", "grace", "linus", "barbara", "edsger", "radia", "ken", "frances")
CITIES = (("Hamburg", "20095"), ("Leipzig", "04109"), ("Köln", "50667"), ("Graz", None))


def customer(chance):
    return f"{chance.choice(NAMES)}@{chance.choices(('shop.example', 'busy.example'), (9, 1))[0]}"


def order(chance):
    items = chance.choices(list(PRODUCTS), k=chance.randint(1, 4))
    city, postcode = chance.choices(CITIES, (12, 8, 8, 1))[0]
    return {
        "id": f"{chance.randint(10_000, 99_999)}",
        "email": customer(chance),
        "items": items,
        "total_cents": sum(PRODUCTS[sku] for sku in items),
        "card": chance.choices(("tok_visa", "tok_declined", "tok_slow"), (88, 7, 5))[0],
        "address": {"city": city, "postcode": postcode},
    }


def place_order(chance):
    orders.place(order(chance)).apply_async()


def abandon_cart(chance):
    emails.remind_cart.apply_async((customer(chance),), countdown=chance.randint(20, 120))


def ask_for_refund(chance):
    orders.refund.delay(str(chance.randint(10_000, 99_999)), chance.choice(list(PRODUCTS.values())))


def sync_stock(chance):
    warehouse = chance.choices(list(inventory.WAREHOUSES), (6, 5, 1))[0]
    inventory.sync.apply_async((warehouse,), expires=300)


def ask_for_report(_chance):
    reports.nightly.delay(datetime.date.today().isoformat())


WISHES = {place_order: 70, abandon_cart: 12, ask_for_refund: 8, sync_stock: 8, ask_for_report: 2}


def give_up_quickly():
    """Celery's own patience with a broker that is away is 20 seconds and more, in which Ctrl-C does nothing."""
    app.conf.task_publish_retry = False
    app.conf.broker_transport_options = {**app.conf.broker_transport_options, "max_retries": 1, "interval_start": 0}
    # Customers do not wait for results, and listening for them has a patience of its own on Redis.
    app.conf.result_backend = None


def send_until(stopped, rate, count, chance):
    sent = 0
    while not stopped.is_set() and (count is None or sent < count):
        wish = chance.choices(list(WISHES), list(WISHES.values()))[0]
        try:
            wish(chance)
            sent += 1
        except OperationalError as error:
            print(f"The broker did not take it ({error}); trying again in a second.", flush=True)
            stopped.wait(1)
        stopped.wait(chance.expovariate(rate))
    return sent


def main():
    parser = argparse.ArgumentParser(prog="python -m shop.traffic", description=__doc__)
    parser.add_argument("--rate", type=float, default=2, help="requests a second, on average (default 2)")
    parser.add_argument("--count", type=int, help="stop after so many (default: never)")
    parser.add_argument("--seed", type=int, help="the same customers every time")
    options = parser.parse_args()
    if options.rate <= 0:
        parser.error("--rate must be more than 0")

    give_up_quickly()
    stopped = threading.Event()
    for wanted in (signal.SIGINT, signal.SIGTERM):
        signal.signal(wanted, lambda *_: stopped.set())
    print(f"About {options.rate:g} requests a second to {app.connection().as_uri()}. Ctrl-C stops.", flush=True)
    sent = send_until(stopped, options.rate, options.count, random.Random(options.seed))
    print(f"{sent} requests sent.", flush=True)


if __name__ == "__main__":
    main()
