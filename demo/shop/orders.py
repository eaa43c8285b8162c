"""What happens to an order after the customer has clicked."""

from celery import chain, group
from celery.utils.log import get_task_logger

from shop import emails
from shop.celeryapp import app
from shop.pace import work_for
from shop.payments import GatewayTimeout, charge_card

log = get_task_logger(__name__)


class AddressNotFound(Exception):
    pass


@app.task(name="orders.reserve_stock")
def reserve_stock(order):
    work_for(0.15)
    log.info("reserved %d items for order %s", len(order["items"]), order["id"])
    return order


@app.task(
    name="orders.charge",
    bind=True,
    autoretry_for=(GatewayTimeout,),
    retry_backoff=1,
    retry_jitter=False,
    max_retries=3,
)
def charge(self, order):
    payment = charge_card(order["id"], order["card"], order["total_cents"], attempt=self.request.retries)
    log.info("charged %.2f for order %s", order["total_cents"] / 100, order["id"])
    return {**order, "payment": payment}


@app.task(name="orders.ship")
def ship(order):
    work_for(0.4)
    label = shipping_label(order)
    return {"order": order["id"], "label": label}


def shipping_label(order):
    postcode = order["address"].get("postcode")
    if not postcode:
        raise AddressNotFound(f"order {order['id']}: no postcode in {order['address']!r}")
    return f"DHL-{postcode}-{order['id']}"


@app.task(name="orders.refund")
def refund(order_id, amount_cents):
    work_for(0.3)
    return {"order": order_id, "refunded_cents": amount_cents}


def place(order):
    """The whole journey of one order: reserve, charge, then ship and send the receipt side by side."""
    return chain(
        reserve_stock.s(order),
        charge.s(),
        group(ship.s(), emails.send_receipt.s()),
    )
