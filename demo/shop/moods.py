"""What kind of day it is: mostly calm, and now and then one thing goes wrong for a while."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mood:
    """Chances out of 100 that something about a wish goes wrong."""

    name: str
    declined_cards: int = 2
    slow_gateway: int = 2
    busy_mail_server: int = 2
    unknown_addresses: int = 1
    wrong_stock: int = 1
    # How many times as many customers as usual.
    crowd: float = 1


MIXED = Mood("mixed", declined_cards=7, slow_gateway=5, busy_mail_server=10, unknown_addresses=3, wrong_stock=8)
CALM = Mood("calm")
INCIDENTS = (
    Mood("the bank declines cards", declined_cards=30),
    Mood("customers come in crowds", crowd=4),
    Mood("the mail server is busy", busy_mail_server=60),
    Mood("the payment gateway is slow", slow_gateway=50),
)

FIRST_INCIDENT_SECONDS = 90
INCIDENT_SECONDS = 45
# Long enough for every alert to end before the next incident begins.
CYCLE_SECONDS = 420


def mood_after(seconds):
    """One incident at a time, each followed by several calm minutes."""
    cycle, into = divmod(seconds - FIRST_INCIDENT_SECONDS, CYCLE_SECONDS)
    if cycle < 0 or into >= INCIDENT_SECONDS:
        return CALM
    return INCIDENTS[int(cycle) % len(INCIDENTS)]
