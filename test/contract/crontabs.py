"""Reads a crontab, its zone, its last run and the time now per line; prints what Celery makes of each."""
import json
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

from celery import Celery
from celery.schedules import crontab

apps = {}
for line in sys.stdin:
    expression, zone, last, now = json.loads(line)
    if zone not in apps:
        apps[zone] = Celery("crontabs", set_as_current=False)
        apps[zone].conf.timezone = zone
    try:
        schedule = crontab.from_string(expression)
    except Exception:
        print(json.dumps(None))
        continue
    schedule.app = apps[zone]
    schedule.nowfun = lambda: datetime.fromtimestamp(now, ZoneInfo(zone))
    due, seconds = schedule.is_due(datetime.fromtimestamp(last, ZoneInfo(zone)))
    print(json.dumps([bool(due), seconds]))
