"""Mail to customers."""

from shop.celeryapp import app
from shop.pace import work_for


class MailServerBusy(Exception):
    pass


@app.task(name="emails.send_receipt", bind=True, max_retries=5)
def send_receipt(self, order):
    try:
        return deliver(order["email"], f"Your order {order['id']}", attempt=self.request.retries)
    except MailServerBusy as busy:
        raise self.retry(exc=busy, countdown=2**self.request.retries)


@app.task(name="emails.remind_cart", rate_limit="30/m", ignore_result=True)
def remind_cart(email):
    deliver(email, "Something is still in your cart")


def deliver(email, subject, attempt=0):
    work_for(0.2)
    if email.endswith("@busy.example") and attempt == 0:
        raise MailServerBusy(f"421 {email}: too many connections, try again later")
    return f"250 queued {subject!r} for {email}"
