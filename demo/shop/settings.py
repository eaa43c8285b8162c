"""Everything that differs between machines, read from the environment.

CELERY_BROKER_URL                        default: filesystem:// below SHOP_DATA, no server needed
CELERY_BROKER_TRANSPORT_OPTIONS          JSON
CELERY_BROKER_USE_SSL                    JSON, e.g. {"ca_certs": "ca.pem", "cert_reqs": "CERT_REQUIRED"}
CELERY_RESULT_BACKEND                    default: the same Redis, or files below SHOP_DATA
CELERY_RESULT_BACKEND_TRANSPORT_OPTIONS  JSON
SHOP_DATA                                default: .shop beside this package
SHOP_SPEED                               1 = believable run times, 0 = no waiting at all
"""

import json
import os
import ssl
from pathlib import Path

data_folder = Path(os.environ.get("SHOP_DATA") or Path(__file__).parent.parent / ".shop").resolve()
speed = float(os.environ.get("SHOP_SPEED", "1"))


def from_json(name):
    text = os.environ.get(name)
    return json.loads(text) if text else None


def ssl_options(name):
    """JSON cannot carry ssl.CERT_REQUIRED, so its name stands for it."""
    options = from_json(name)
    if options and isinstance(options.get("cert_reqs"), str):
        options["cert_reqs"] = getattr(ssl, options["cert_reqs"])
    return options


def folder(name):
    path = data_folder / name
    path.mkdir(parents=True, exist_ok=True)
    return str(path)


def filesystem_options():
    messages = folder("messages")
    return {
        "data_folder_in": messages,
        "data_folder_out": messages,
        "control_folder": folder("control"),
        "processed_folder": folder("processed"),
    }


broker_url = os.environ.get("CELERY_BROKER_URL") or "filesystem://"
broker_transport_options = from_json("CELERY_BROKER_TRANSPORT_OPTIONS") or (
    filesystem_options() if broker_url.startswith("filesystem:") else {}
)
broker_use_ssl = ssl_options("CELERY_BROKER_USE_SSL")


def matching_result_backend():
    keeps_results = ("redis://", "rediss://", "redis+socket://", "sentinel://")
    if not broker_url.startswith(keeps_results):
        # Not Path.as_uri(): Celery's file backend does not decode percent signs.
        return f"file://{folder('results')}"
    return broker_url


result_backend = os.environ.get("CELERY_RESULT_BACKEND") or matching_result_backend()
result_backend_transport_options = from_json("CELERY_RESULT_BACKEND_TRANSPORT_OPTIONS") or (
    broker_transport_options if result_backend.startswith("sentinel:") else {}
)
