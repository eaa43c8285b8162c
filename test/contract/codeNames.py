"""The tasks that Celery itself registers when it imports the modules named on the command line."""

import importlib
import json
import sys

from celery import current_app

for module in sys.argv[2:]:
    importlib.import_module(module)
app = getattr(importlib.import_module(sys.argv[1]), "app", current_app)
app.finalize(auto=True)
print(json.dumps(sorted(name for name in app.tasks if not name.startswith("celery."))))
