"""Makes the clock of a process wrong by LAB_CLOCK_SHIFT seconds. Python imports this before anything else."""

import os
import time

shift = float(os.environ.get("LAB_CLOCK_SHIFT") or 0)
if shift:
    true_time = time.time
    time.time = lambda: true_time() + shift
