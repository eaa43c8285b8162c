"""Runs a worker, beat or the customers while standard input stays open: `python -m shop.tied worker -n orders@shop`.

Whoever starts it holds the other end of that pipe. When that process ends, however it ends, this one ends too.
"""

import os
import signal
import sys
import threading
import time

PATIENCE_SECONDS = 4


def end_with_input():
    while os.read(0, 4096):
        pass
    if hasattr(signal, "SIGKILL"):
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(PATIENCE_SECONDS)
        if os.getpgrp() == os.getpid():
            os.killpg(os.getpgrp(), signal.SIGKILL)
    os._exit(1)


def main():
    role, *arguments = sys.argv[1:]
    threading.Thread(target=end_with_input, daemon=True).start()
    if role == "worker":
        from shop.celeryapp import app

        app.worker_main(["worker", *arguments])
    elif role == "beat":
        from shop.celeryapp import app

        app.start(["beat", *arguments])
    else:
        sys.argv[1:] = arguments
        from shop import traffic

        traffic.main()


if __name__ == "__main__":
    main()
