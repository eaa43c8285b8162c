import { bad, type RuleCases, tasks } from './ruleCases.ts';

const task = '@app.task\ndef a():\n    pass\n';
const manage = 'import django\n';
const djangoApp =
  'from celery import Celery\napp = Celery("shop")\napp.config_from_object("django.conf:settings", namespace="CELERY")\n';
const shared = 'from celery import shared_task\n@shared_task\ndef a():\n    pass\n';
const settings = 'INSTALLED_APPS = []\nDATABASES = {}\n';

const inDjango = (own: string) => ({
  'manage.py': manage,
  'shop/__init__.py': 'from .celery import app\n',
  'shop/celery.py': djangoApp,
  'shop/settings.py': `${settings}${own}`,
});

/** Settings, and what belongs to them. */
export const settingCases: RuleCases = {
  'always-eager-outside-tests': {
    bad: [
      bad('app.conf.task_always_eager = True\n', 3),
      { files: inDjango('CELERY_TASK_ALWAYS_EAGER = True\n'), at: ['shop/settings.py:3'] },
    ],
    near: [
      tasks('app.conf.task_always_eager = False\n'),
      tasks('if testing:\n    app.conf.task_always_eager = True\n'),
      { 'conftest.py': 'from celery import Celery\napp = Celery("p")\napp.conf.task_always_eager = True\n' },
      tasks('import os\napp.conf.task_always_eager = bool(os.environ.get("EAGER"))\n'),
    ],
  },
  'pickle-accepted': {
    bad: [
      bad('app.conf.accept_content = ["json", "pickle"]\n', 3),
      bad('app.conf.task_serializer = "pickle"\n', 3),
      bad('@app.task(serializer="pickle")\ndef a():\n    pass\n', 3),
      bad(`${task}a.apply_async(serializer="pickle")\n`, 6),
    ],
    near: [
      tasks('app.conf.accept_content = ["json"]\n'),
      tasks('import pickle\nx = pickle.dumps(1)\n'),
      tasks('formats = ["json", "pickle"]\n'),
      tasks(`${task}a.delay("pickle")\n`),
    ],
  },
  'memory-per-child-unit': {
    bad: [bad('app.conf.worker_max_memory_per_child = 200 * 1024 * 1024\n', 3)],
    near: [
      tasks('app.conf.worker_max_memory_per_child = 200_000\n'),
      tasks('app.conf.worker_max_memory_per_child = 8 * 1024 * 1024\n'),
    ],
  },
  'prefetch-with-long-tasks': {
    bad: [bad('app.conf.worker_prefetch_multiplier = 4\n@app.task(time_limit=3600)\ndef a():\n    pass\n', 5)],
    near: [
      tasks('app.conf.worker_prefetch_multiplier = 1\n@app.task(time_limit=3600)\ndef a():\n    pass\n'),
      tasks('app.conf.worker_prefetch_multiplier = 4\n@app.task(time_limit=60)\ndef a():\n    pass\n'),
    ],
  },
  'ssl-cert-reqs-missing': {
    bad: [
      bad('app.conf.broker_url = "rediss://host:6379/0"\n', 3),
      bad('app.conf.result_backend = f"rediss://:{password}@host"\n', 3),
    ],
    near: [
      tasks('app.conf.broker_url = "rediss://host?ssl_cert_reqs=required"\n'),
      tasks(
        'import ssl\napp.conf.broker_url = "rediss://host"\napp.conf.broker_use_ssl = {"ssl_cert_reqs": ssl.CERT_REQUIRED}\n',
      ),
      tasks('cache = "rediss://host"\n'),
    ],
  },
  'no-result-backend': {
    bad: [
      bad(`${task}def f():\n    return a.delay().get()\n`, 7),
      bad(`${task}from celery import chord\nchord([a.s()])(a.s())\n`, 7),
      bad(`${task}app.conf.result_backend = None\ndef f():\n    r = a.delay()\n    return r.state\n`, 9),
    ],
    near: [
      tasks(`${task}app.conf.result_backend = "rpc://"\ndef f():\n    return a.delay().get()\n`),
      tasks(`${task}app.config_from_envvar("X")\ndef f():\n    return a.delay().get()\n`),
      tasks(`${task}def f():\n    return a.apply().get()\n`),
      tasks(`${task}def f():\n    return {}.get("x")\n`),
      tasks(`${task}import conf\napp.conf.update(conf.values())\ndef f():\n    return a.delay().get()\n`),
    ],
  },
  'unknown-setting': {
    bad: [
      bad('app.conf.tsk_acks_late = True\n', 3),
      bad('app.conf.update(worker_prefetch_multiplyer=1)\n', 3),
      bad('app.conf["result_expire"] = 1\n', 3),
      { files: inDjango('CELERY_TASK_RESULT_EXPIRES = 1\n'), at: ['shop/settings.py:3'] },
      {
        files: {
          'conf.py': 'broker_urll = "x"\n',
          'tasks.py': 'from celery import Celery\napp = Celery("p")\napp.config_from_object("conf")\n',
        },
        at: ['conf.py:1'],
      },
    ],
    near: [
      tasks('app.conf.task_acks_late = True\napp.conf.redbeat_redis_url = "x"\n'),
      tasks('app.conf.my_own = 1\nprint(app.conf.my_own)\n'),
      tasks('app.conf.MY_OWN = 1\n'),
      inDjango('CELERY_BROKER_URL = "x"\nCELERY_BEAT_SCHEDULE = {}\nCELERY_MINE = 1\nX = CELERY_MINE\n'),
      {
        'conf.py': 'def helper():\n    pass\n_x = 1\nbroker_url = "x"\n',
        'tasks.py': 'from celery import Celery\napp = Celery("p")\napp.config_from_object("conf")\n',
      },
      tasks('options = {"tsk_acks_late": 1}\noptions.update(tsk_acks_late=1)\n'),
    ],
  },
  'old-setting-name-mixed': {
    bad: [
      bad('app.conf.task_acks_late = True\napp.conf.CELERY_TIMEZONE = "UTC"\n', 4),
      bad('app.conf.update(result_backend="x", CELERYD_CONCURRENCY=1)\n', 3),
    ],
    near: [
      tasks('app.conf.CELERY_ACKS_LATE = True\napp.conf.CELERYD_CONCURRENCY = 1\n'),
      inDjango('CELERY_TIMEZONE = "UTC"\nCELERY_RESULT_BACKEND = "x"\n'),
    ],
  },
  'shared-task-app-not-imported': {
    bad: [
      {
        files: {
          'manage.py': manage,
          'shop/__init__.py': '',
          'shop/celery.py': djangoApp,
          'shop/settings.py': settings,
          'orders/tasks.py': shared,
        },
        at: ['shop/celery.py:2'],
      },
    ],
    near: [
      { ...inDjango(''), 'orders/tasks.py': shared },
      {
        'manage.py': manage,
        'shop/__init__.py': 'import shop.celery\n',
        'shop/celery.py': djangoApp,
        'shop/settings.py': settings,
        'orders/tasks.py': shared,
      },
      {
        'manage.py': manage,
        'shop/__init__.py': '',
        'shop/celery.py': djangoApp,
        'shop/settings.py': settings,
        'orders/tasks.py': `from shop.celery import app\n${shared}`,
      },
      {
        'shop/__init__.py': '',
        'shop/celery.py': 'from celery import Celery\napp = Celery("p")\n',
        'shop/tasks.py': shared,
      },
    ],
  },
  'beat-twice': {
    bad: [
      {
        files: {
          'compose.yml':
            'services:\n  beat:\n    command: celery -A shop beat\n  beat2:\n    command: ["celery", "-A", "shop", "beat"]\n',
        },
        at: ['compose.yml:4'],
      },
      {
        files: {
          'compose.yml': 'services:\n  w:\n    command: celery -A shop worker -B\n    deploy:\n      replicas: 3\n',
        },
        at: ['compose.yml:2'],
      },
      {
        files: { Procfile: 'web: gunicorn\nbeat: celery -A shop beat\nworker: celery -A shop worker -B\n' },
        at: ['Procfile:3'],
      },
    ],
    near: [
      {
        'compose.yml':
          'services:\n  beat:\n    command: celery -A shop beat\n  w:\n    command: celery -A shop worker\n    deploy:\n      replicas: 3\n',
      },
      {
        'compose.yml':
          'services:\n  b:\n    command: celery -A shop beat -S redbeat.RedBeatScheduler\n    deploy:\n      replicas: 2\n',
      },
      {
        'compose.yml': 'services:\n  b:\n    command: celery -A shop beat\n',
        'compose.prod.yml': 'services:\n  b:\n    command: celery -A shop beat\n',
      },
    ],
  },
};
