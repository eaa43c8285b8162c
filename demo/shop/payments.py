"""A payment gateway that behaves like one: most cards work, some are declined, some calls time out."""

from shop.pace import work_for


class PaymentDeclined(Exception):
    """The bank said no. Trying again will not help."""

    def __init__(self, order_id, reason):
        super().__init__(order_id, reason)
        self.order_id = order_id
        self.reason = reason

    def __str__(self):
        return f"order {self.order_id}: card declined ({self.reason})"


class GatewayTimeout(Exception):
    """The gateway did not answer. Trying again usually helps."""


def charge_card(order_id, card, amount_cents, attempt=0):
    """Test cards decide the outcome: tok_visa, tok_declined, tok_slow (times out twice, then works)."""
    work_for(0.4)
    if card == "tok_declined":
        raise PaymentDeclined(order_id, "insufficient funds")
    if card == "tok_slow" and attempt < 2:
        raise GatewayTimeout(f"no answer from the gateway for order {order_id} after 5.0 s")
    return f"pay_{order_id}_{amount_cents}"
