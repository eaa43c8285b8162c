import { bad, type RuleCases, tasks } from './ruleCases.ts';

/** Code of tasks: how they are declared, and what they do. */
export const taskCases: RuleCases = {
  'async-task': {
    bad: [
      bad('@shared_task\nasync def a():\n    pass\n', 4),
      bad('@app.task(bind=True)\nasync def a(self):\n    pass\n', 4),
      bad('from celery import Task\nclass A(Task):\n    async def run(self):\n        pass\n', 5),
    ],
    near: [
      tasks('@shared_task\ndef a():\n    async def inner():\n        pass\n    return 1\n'),
      tasks('@shared_task\n@synchronous\nasync def a():\n    pass\n'),
      tasks('async def a():\n    pass\n'),
    ],
  },
  'decorator-not-outermost': {
    bad: [
      bad('@cached\n@app.task\ndef a():\n    pass\n', 3),
      bad('@cached(1)\n@shared_task(bind=True)\ndef a(self):\n    pass\n', 3),
      bad(
        'def wrapped(f):\n    def inner(*args):\n        return f(*args)\n    return inner\n@wrapped\n@app.task\ndef a():\n    pass\n',
        7,
      ),
    ],
    near: [
      tasks('@app.task\n@cached\ndef a():\n    pass\n'),
      tasks('class A:\n    @staticmethod\n    @app.task\n    def a():\n        pass\n'),
      tasks('@cached\n@other\ndef a():\n    pass\n'),
      tasks('def named(f):\n    f.title = "x"\n    return f\n@named\n@app.task\ndef a():\n    pass\n'),
      tasks(
        'class Base:\n    @staticmethod\n    def checked(by):\n        def decorator(f):\n            f.by = by\n            return f\n        return decorator\n@Base.checked(1)\n@app.task\ndef a():\n    pass\n',
      ),
    ],
  },
  'bind-without-self': {
    bad: [
      bad('@app.task(bind=True)\ndef a():\n    pass\n', 4),
      bad('@app.task(bind=True)\ndef a(order):\n    return order + 1\n', 4),
      bad('@shared_task(bind=True)\ndef a(*, order):\n    return order\n', 4),
    ],
    near: [
      tasks('@app.task(bind=True)\ndef a(self, x):\n    pass\n'),
      tasks('@app.task(bind=True)\ndef a(_self):\n    pass\n'),
      tasks('from celery import Task\n@app.task(bind=True)\ndef a(this: Task):\n    pass\n'),
      tasks('@app.task(bind=True)\ndef a(*args):\n    pass\n'),
      tasks('@app.task(bind=True)\ndef a(me_too):\n    me_too.retry()\n'),
      tasks('@app.task\ndef a(order):\n    pass\n'),
    ],
  },
  'self-without-bind': {
    bad: [
      bad('@app.task\ndef a(self, x):\n    self.retry()\n', 4),
      bad('@shared_task\ndef a(x):\n    self.retry()\n', 4),
      bad('@shared_task(name="x")\ndef a(self):\n    pass\n', 4),
    ],
    near: [
      tasks('@app.task(bind=True)\ndef a(self):\n    pass\n'),
      tasks('from functools import partial\nbound = partial(shared_task, bind=True)\n@bound\ndef a(self):\n    pass\n'),
      tasks('from celery import Task\nclass A(Task):\n    def run(self):\n        self.retry()\n'),
      tasks('@app.task\ndef a():\n    class B:\n        def c(self):\n            return self.request\n'),
      tasks('@app.task(**options)\ndef a(self):\n    pass\n'),
    ],
  },
  'result-get-in-task': {
    bad: [
      bad('@app.task\ndef a():\n    return a.delay().get()\n', 5),
      bad('@app.task\ndef a():\n    r = a.apply_async()\n    r.get()\n', 6),
      bad('from celery import group\n@app.task\ndef a():\n    group(a.s())().join()\n', 6),
      bad('from celery.result import AsyncResult\n@app.task\ndef a(i):\n    return AsyncResult(i).get()\n', 6),
      bad('@app.task\ndef a():\n    def inner():\n        return a.delay().wait()\n    return inner()\n', 6),
    ],
    near: [
      tasks('@app.task\ndef a():\n    return {}.get("x")\n'),
      tasks('import requests\n@app.task\ndef a():\n    return requests.get("http://x", timeout=1)\n'),
      tasks('@app.task\ndef a():\n    return a.delay().state\n'),
      tasks(
        'from celery.result import allow_join_result\n@app.task\ndef a():\n    with allow_join_result():\n        a.delay().get()\n',
      ),
      tasks('@app.task\ndef a():\n    pass\ndef b():\n    return a.delay().get()\n'),
      tasks('@app.task\ndef a():\n    a.delay().get(disable_sync_subtasks=False)\n'),
    ],
  },
  'retry-not-raised': {
    bad: [
      bad('@app.task(bind=True)\ndef a(self):\n    self.retry()\n', 5),
      bad('@app.task\ndef a():\n    try:\n        pass\n    except OSError as e:\n        a.retry(exc=e)\n', 8),
    ],
    near: [
      tasks('@app.task(bind=True)\ndef a(self):\n    raise self.retry()\n'),
      tasks('@app.task(bind=True)\ndef a(self):\n    self.retry(throw=False)\n'),
      tasks('@app.task(bind=True)\ndef a(self):\n    client.retry()\n'),
      tasks('@app.task(bind=True)\ndef a(self):\n    class C:\n        def go(self):\n            self.retry()\n'),
    ],
  },
  'retry-swallowed': {
    bad: [
      bad(
        '@app.task(bind=True)\ndef a(self):\n    try:\n        raise self.retry()\n    except Exception:\n        pass\n',
        6,
      ),
      bad('@app.task(bind=True)\ndef a(self):\n    try:\n        self.retry()\n    except:\n        pass\n', 6),
      bad(
        '@app.task(bind=True)\ndef a(self):\n    try:\n        self.retry()\n    except (ValueError, Exception):\n        pass\n',
        6,
      ),
      bad(
        '@app.task(bind=True)\ndef a(self):\n    try:\n        try:\n            work()\n        except OSError:\n            raise self.retry()\n    except Exception:\n        pass\n',
        9,
      ),
    ],
    near: [
      tasks(
        'from celery.exceptions import Retry\n@app.task(bind=True)\ndef a(self):\n    try:\n        raise self.retry()\n    except Retry:\n        raise\n    except Exception:\n        pass\n',
      ),
      tasks(
        '@app.task(bind=True)\ndef a(self):\n    try:\n        raise self.retry()\n    except Exception:\n        log()\n        raise\n',
      ),
      tasks(
        '@app.task(bind=True)\ndef a(self):\n    try:\n        work()\n    except Exception as e:\n        raise self.retry(exc=e)\n',
      ),
      tasks(
        '@app.task(bind=True)\ndef a(self):\n    try:\n        raise self.retry()\n    except ValueError:\n        pass\n',
      ),
      tasks(
        'from celery.exceptions import MaxRetriesExceededError\n@app.task(bind=True)\ndef a(self):\n    try:\n        raise self.retry()\n    except MaxRetriesExceededError:\n        pass\n',
      ),
    ],
  },
  'acks-late-without-reject': {
    bad: [
      bad('@app.task(acks_late=True)\ndef a():\n    pass\n', 4),
      bad('app.conf.task_acks_late = True\n', 3),
      bad('from celery import Task\nclass A(Task):\n    acks_late = True\n    def run(self):\n        pass\n', 4),
    ],
    near: [
      tasks('@app.task(acks_late=True, reject_on_worker_lost=True)\ndef a():\n    pass\n'),
      tasks('@app.task(acks_late=True, retry_on_worker_lost=True)\ndef a():\n    pass\n'),
      tasks('app.conf.task_reject_on_worker_lost = True\n@app.task(acks_late=True)\ndef a():\n    pass\n'),
      tasks('@app.task(acks_late=True, base=Safe)\ndef a():\n    pass\n'),
      tasks('@app.task\ndef a():\n    pass\n'),
    ],
  },
  'soft-limit-not-below-hard': {
    bad: [
      bad('@app.task(soft_time_limit=60, time_limit=60)\ndef a():\n    pass\n', 4),
      bad('minute = 60\n@app.task(soft_time_limit=2 * minute, time_limit=minute)\ndef a():\n    pass\n', 5),
      bad('app.conf.task_soft_time_limit = 20\napp.conf.task_time_limit = 10\n', 3),
      bad('@app.task\ndef a():\n    pass\na.apply_async(soft_time_limit=5, time_limit=5)\n', 6),
    ],
    near: [
      tasks('@app.task(soft_time_limit=50, time_limit=60)\ndef a():\n    pass\n'),
      tasks('@app.task(soft_time_limit=soft, time_limit=60)\ndef a():\n    pass\n'),
      tasks('@app.task(soft_time_limit=60)\ndef a():\n    pass\n'),
    ],
  },
  'autoretry-without-limit': {
    bad: [
      bad('@app.task(autoretry_for=(OSError,), max_retries=None)\ndef a():\n    pass\n', 4),
      bad('@app.task(autoretry_for=(OSError,), retry_kwargs={"max_retries": None})\ndef a():\n    pass\n', 4),
    ],
    near: [
      tasks('@app.task(autoretry_for=(OSError,), max_retries=5)\ndef a():\n    pass\n'),
      tasks('@app.task(autoretry_for=(OSError,))\ndef a():\n    pass\n'),
      tasks('@app.task(max_retries=None)\ndef a():\n    pass\n'),
    ],
  },
  'duplicate-task-name': {
    bad: [
      bad('@app.task(name="x")\ndef a():\n    pass\n@app.task(name="x")\ndef b():\n    pass\n', 7),
      bad('@app.task\ndef a():\n    pass\n@app.task\ndef a(x):\n    pass\n', 7),
    ],
    near: [
      tasks('if fast:\n    @app.task\n    def a():\n        pass\nelse:\n    @app.task\n    def a():\n        pass\n'),
      {
        'a.py': 'from celery import shared_task\n@shared_task\ndef go():\n    pass\n',
        'b.py': 'from celery import shared_task\n@shared_task\ndef go():\n    pass\n',
      },
      { 'a.py': 'from celery import shared_task\n@shared_task\ndef go():\n    pass\n', 'b.py': 'from a import go\n' },
      tasks(
        'def one():\n    @app.task\n    def a():\n        pass\ndef two():\n    @app.task\n    def a():\n        pass\n',
      ),
    ],
  },
  'multiprocessing-in-task': {
    bad: [
      bad('from multiprocessing import Pool\n@app.task\ndef a():\n    with Pool(4) as p:\n        p.map(f, x)\n', 6),
      bad('import multiprocessing as mp\n@app.task\ndef a():\n    mp.Process(target=f).start()\n', 6),
      bad('from concurrent.futures import ProcessPoolExecutor\n@app.task\ndef a():\n    ProcessPoolExecutor()\n', 6),
    ],
    near: [
      tasks('from billiard import Pool\n@app.task\ndef a():\n    Pool(4)\n'),
      tasks('from multiprocessing.pool import ThreadPool\n@app.task\ndef a():\n    ThreadPool(4)\n'),
      tasks('import multiprocessing\n@app.task\ndef a():\n    return multiprocessing.cpu_count()\n'),
      tasks('from multiprocessing import Pool\ndef a():\n    Pool(4)\n'),
    ],
  },
  'requests-without-timeout': {
    bad: [
      bad('import requests\n@app.task\ndef a(u):\n    requests.get(u)\n', 6),
      bad('from urllib.request import urlopen\n@app.task\ndef a(u):\n    urlopen(u)\n', 6),
      bad('import httpx\n@app.task\ndef a(u):\n    httpx.get(u, timeout=None)\n', 6),
    ],
    near: [
      tasks('import requests\n@app.task\ndef a(u):\n    requests.get(u, timeout=3)\n'),
      tasks('import requests\n@app.task\ndef a(u, **kw):\n    requests.get(u, **kw)\n'),
      tasks('import httpx\n@app.task\ndef a(u):\n    httpx.get(u)\n'),
      tasks('import requests\ndef a(u):\n    requests.get(u)\n'),
      tasks('@app.task\ndef a(requests):\n    requests.get("x")\n'),
    ],
  },
  'exception-not-picklable': {
    bad: [
      bad(
        '@app.task\ndef t():\n    pass\nclass E(Exception):\n    def __init__(self, code, text):\n        super().__init__(text)\n',
        7,
      ),
      bad(
        '@app.task\ndef t():\n    pass\nclass E(ValueError):\n    def __init__(self, *, code):\n        super().__init__()\n',
        7,
      ),
    ],
    near: [
      tasks(
        '@app.task\ndef t():\n    pass\nclass E(Exception):\n    def __init__(self, code, text):\n        super().__init__(code, text)\n',
      ),
      tasks(
        '@app.task\ndef t():\n    pass\nclass E(Exception):\n    def __init__(self, code=1):\n        super().__init__()\n',
      ),
      tasks(
        '@app.task\ndef t():\n    pass\nclass E(Exception):\n    def __init__(self, *args):\n        super().__init__(*args)\n',
      ),
      tasks(
        '@app.task\ndef t():\n    pass\nclass E(Exception):\n    def __init__(self, code, text):\n        super().__init__(text)\n    def __reduce__(self):\n        return E, (1, "")\n',
      ),
      tasks('@app.task\ndef t():\n    pass\nclass E:\n    def __init__(self, a, b):\n        super().__init__(a)\n'),
    ],
  },
};
