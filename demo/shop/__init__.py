"""A small web shop's background work: `celery -A shop worker`."""

from shop.celeryapp import app

__all__ = ["app"]
