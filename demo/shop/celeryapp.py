"""The Celery application of the shop."""

from celery import Celery
from celery.schedules import crontab
from kombu import Exchange, Queue

from shop import settings, wholemessages


def queue(name):
    return Queue(name, Exchange(name, type="direct"), routing_key=name)


app = Celery(
    "shop",
    include=["shop.orders", "shop.emails", "shop.inventory", "shop.reports"],
)

app.conf.update(
    broker_url=settings.broker_url,
    broker_transport_options=settings.broker_transport_options,
    broker_connection_retry_on_startup=True,
    result_backend=settings.result_backend,
    result_backend_transport_options=settings.result_backend_transport_options,
    result_extended=True,
    result_expires=24 * 3600,
    task_queues=[queue("default"), queue("priority"), queue("emails")],
    task_default_queue="default",
    task_default_exchange="default",
    task_default_routing_key="default",
    task_routes={
        "orders.charge": {"queue": "priority"},
        "orders.refund": {"queue": "priority"},
        "emails.*": {"queue": "emails"},
    },
    # Without these three a monitor sees workers, but no tasks.
    worker_send_task_events=True,
    task_send_sent_event=True,
    task_track_started=True,
    timezone="UTC",
    beat_schedule={
        "nightly-report": {"task": "reports.nightly", "schedule": crontab(hour=2, minute=30)},
        "stock-sync": {
            "task": "inventory.sync",
            "schedule": 120.0,
            "args": ("hamburg",),
            "options": {"expires": 100},
        },
    },
)

if settings.broker_url.startswith("filesystem:"):
    wholemessages.write_whole_messages()

if settings.broker_use_ssl:
    app.conf.broker_use_ssl = settings.broker_use_ssl
