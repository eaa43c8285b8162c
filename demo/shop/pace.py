"""How long the shop's pretended work takes."""

import random
import time

from shop.settings import speed


def work_for(typical_seconds):
    """Waits about that long: mostly near it, now and then much longer, as real services do."""
    time.sleep(speed * typical_seconds * random.lognormvariate(0, 0.35))
