"""Writes the tables that Django and django-celery-results make, with results in them, as SQL to stdout.

python recordDjango.py > recordedDjango.sql; needs Django, celery and django-celery-results 2.6.
"""

import os
import sqlite3
import tempfile

import django
from django.conf import settings
from django.core.management import call_command

folder = tempfile.mkdtemp()
path = os.path.join(folder, "db.sqlite3")
settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": path}},
    INSTALLED_APPS=["django_celery_results"],
    USE_TZ=True,
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
)
django.setup()
call_command("migrate", verbosity=0)

from celery import Celery  # noqa: E402
from celery.app.task import Context  # noqa: E402


def app_with(**conf):
    app = Celery("recorded", set_as_current=False)
    app.conf.update(result_backend="django-db", result_extended=True, accept_content=["json", "pickle"], **conf)
    return app


app = app_with()
child = app.AsyncResult("child-1")
request = Context(
    id="done", task="shop.pay", args=[1], kwargs={"a": 2}, argsrepr="(1,)", kwargsrepr="{'a': 2}", hostname="w@h",
    _children=[child],
)  # fmt: skip
app.backend.store_result("done", {"n": 3, "big": 2**60}, "SUCCESS", request=request)
app.backend.store_result("failed", KeyError("x"), "FAILURE", traceback="Traceback …", request=Context(id="failed"))
app.backend.store_result("running", {"pid": 7, "hostname": "w@h"}, "STARTED", request=Context(id="running"))
app_with(result_serializer="pickle").backend.store_result("pickled", {1, 2}, "SUCCESS", request=Context(id="pickled"))
app.GroupResult("group-1", [app.AsyncResult("done"), app.AsyncResult("failed")]).save(backend=app.backend)
app.backend.apply_chord(("chord-1", [app.AsyncResult(one) for one in ("done", "running", "unknown")]), {})
from django_celery_results.models import ChordCounter  # noqa: E402

# What on_chord_part_return does with the first task that ends.
counter = ChordCounter.objects.get(group_id="chord-1")
counter.count -= 1
counter.save(update_fields=["count"])

database = sqlite3.connect(path)
wanted = "django_celery_results_"
print("\n".join(line for line in database.iterdump() if wanted in line or line in ("BEGIN TRANSACTION;", "COMMIT;")))
