"""One of everything that can happen in the shop; prints how each ended."""

import json

from celery.result import AsyncResult

from shop import emails, inventory, orders, reports
from shop.celeryapp import app


def order(card="tok_visa", postcode="20095"):
    return {
        "id": "4711",
        "email": "ada@shop.example",
        "items": ["TEA-100"],
        "total_cents": 890,
        "card": card,
        "address": {"city": "Hamburg", "postcode": postcode},
    }


def outcome(result):
    value = result.get(timeout=60, propagate=False)
    return f"{type(value).__name__}: {value}" if isinstance(value, Exception) else value


placed = orders.place(order()).apply_async()
declined = orders.charge.delay(order(card="tok_declined"))
slow = orders.charge.delay(order(card="tok_slow"))
homeless = orders.ship.delay(order(postcode=None))
busy = emails.send_receipt.delay({**order(), "email": "ada@busy.example"})
mismatch = inventory.sync.delay("attic")
report = reports.nightly.delay("2026-01-31")

print(
    json.dumps(
        {
            "placed": outcome(placed),
            "declined": outcome(declined),
            "slow": outcome(slow)["payment"],
            "homeless": outcome(homeless),
            "busy": outcome(busy),
            "mismatch": outcome(mismatch),
            "report": outcome(AsyncResult(outcome(report), app=app)),
        }
    )
)
