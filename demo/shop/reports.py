"""Figures for the morning."""

from celery import chord

from shop.celeryapp import app
from shop.pace import work_for

REGIONS = ("north", "south", "west")


@app.task(name="reports.nightly", soft_time_limit=60, time_limit=90)
def nightly(day):
    header = [region_total.s(region, day) for region in REGIONS]
    return chord(header)(summarise.s(day)).id


@app.task(name="reports.region_total")
def region_total(region, day):
    work_for(1.2)
    return {"region": region, "day": day, "total_cents": 1000 * sum(map(ord, region + day))}


@app.task(name="reports.summarise")
def summarise(totals, day):
    work_for(0.3)
    return {"day": day, "regions": len(totals), "total_cents": sum(t["total_cents"] for t in totals)}
