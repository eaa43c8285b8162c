import { bad, type RuleCases, tasks } from './ruleCases.ts';

const task = '@app.task\ndef a(x, y=1):\n    pass\n';
const django = 'from django.db import transaction\n';

/** Code that sends tasks, schedules them, or makes workflows of them. */
export const messageCases: RuleCases = {
  'args-not-tuple': {
    bad: [
      bad(`${task}a.apply_async((1))\n`, 6),
      bad(`${task}a.apply_async(args=("x"))\n`, 6),
      bad(`${task}a.apply_async(args="x")\n`, 6),
      bad(`${task}app.send_task("tasks.a", args=(1))\n`, 6),
      bad(`${task}app.conf.beat_schedule = {"e": {"task": "tasks.a", "args": (1)}}\n`, 6),
    ],
    near: [
      tasks(`${task}a.apply_async((1,))\n`),
      tasks(`${task}a.apply_async([1])\n`),
      tasks(`${task}a.apply_async(args)\n`),
      tasks(`${task}a.delay((1))\n`),
      tasks(`${task}a.s((1))\n`),
      tasks(`${task}a.apply_async(None, {"x": 1})\n`),
    ],
  },
  'wrong-arguments': {
    bad: [
      bad(`${task}a.delay()\n`, 6),
      bad(`${task}a.delay(1, 2, 3)\n`, 6),
      bad(`${task}a.delay(1, z=2)\n`, 6),
      bad(`${task}a.delay(1, x=2)\n`, 6),
      bad(`${task}a.apply_async((1, 2, 3))\n`, 6),
      bad(`${task}a.apply_async(kwargs={"y": 2})\n`, 6),
      bad(`${task}a.si()\n`, 6),
      bad('@app.task(bind=True)\ndef a(self, x):\n    pass\na.delay()\n', 6),
    ],
    near: [
      tasks(`${task}a.delay(1)\na.delay(1, 2)\na.delay(x=1, y=2)\n`),
      tasks(`${task}a.s()\n`),
      tasks(`${task}a.delay(*args)\na.delay(**kw)\n`),
      tasks(`${task}a.apply_async(args)\n`),
      tasks('@app.task\ndef a(*args, **kw):\n    pass\na.delay(1, b=2)\n'),
      tasks('@app.task\n@adds_argument\ndef a(x):\n    pass\na.delay()\n'),
      tasks('@app.task(bind=True)\ndef a(self, x):\n    pass\na.delay(1)\n'),
    ],
  },
  'delay-in-transaction': {
    bad: [
      bad(`${task}${django}def f():\n    with transaction.atomic():\n        a.delay(1)\n`, 9),
      bad(`${task}${django}@transaction.atomic\ndef f():\n    a.apply_async((1,))\n`, 9),
      bad(
        `${task}from django.db.transaction import atomic as tx\ndef f():\n    with open("x"), tx():\n        if y:\n            a.delay(1)\n`,
        10,
      ),
      bad(
        `${task}${django}def f():\n    with transaction.atomic(using="default", savepoint=False):\n        a.delay(1)\n`,
        9,
      ),
    ],
    near: [
      tasks(
        `${task}${django}def f():\n    with transaction.atomic():\n        transaction.on_commit(lambda: a.delay(1))\n`,
      ),
      tasks(`${task}${django}def f():\n    with transaction.atomic():\n        a.delay_on_commit(1)\n`),
      tasks(`${task}${django}def f():\n    with transaction.atomic():\n        save()\n    a.delay(1)\n`),
      tasks(`${task}${django}def f():\n    with transaction.atomic():\n        a.s(1)\n`),
      tasks(
        `${task}${django}def f():\n    with transaction.atomic():\n        def after():\n            a.delay(1)\n        transaction.on_commit(after)\n`,
      ),
      tasks(`${task}${django}def f(job):\n    with transaction.atomic():\n        job.delay()\n`),
      tasks(`${task}${django}def f():\n    with transaction.atomic(using=REPLICA):\n        a.delay(1)\n`),
    ],
  },
  'delay-on-commit-result-used': {
    bad: [bad(`${task}r = a.delay_on_commit(1)\n`, 6), bad(`${task}a.delay_on_commit(1).id\n`, 6)],
    near: [
      tasks(`${task}a.delay_on_commit(1)\n`),
      tasks(`${task}f = lambda: a.delay_on_commit(1)\n`),
      tasks(`${task}r = a.delay(1)\n`),
    ],
  },
  'naive-eta': {
    bad: [
      bad(`${task}from datetime import datetime\na.apply_async((1,), eta=datetime.now())\n`, 7),
      bad(
        `${task}import datetime\nwhen = datetime.datetime.utcnow() + datetime.timedelta(1)\na.apply_async((1,), eta=when)\n`,
        8,
      ),
    ],
    near: [
      tasks(`${task}from django.utils import timezone\na.apply_async((1,), eta=timezone.now())\n`),
      tasks(`${task}from datetime import datetime, timezone\na.apply_async((1,), eta=datetime.now(timezone.utc))\n`),
      tasks(`${task}from datetime import datetime\na.apply_async((1,), eta=datetime.now().astimezone())\n`),
      tasks(`${task}from datetime import datetime\na.apply_async((1,), expires=datetime.now())\n`),
    ],
  },
  'eta-beyond-visibility-timeout': {
    bad: [
      bad(`${task}app.conf.broker_url = "redis://localhost"\na.apply_async((1,), countdown=7200)\n`, 7),
      bad(
        `${task}app.conf.broker_url = "redis://localhost"\napp.conf.broker_transport_options = {"visibility_timeout": 60}\na.apply_async((1,), countdown=100)\n`,
        8,
      ),
      bad(
        `${task}from datetime import datetime, timedelta, timezone\napp.conf.broker_url = "redis://localhost"\na.apply_async((1,), eta=datetime.now(timezone.utc) + timedelta(hours=2))\n`,
        8,
      ),
    ],
    near: [
      tasks(`${task}app.conf.broker_url = "amqp://localhost"\na.apply_async((1,), countdown=7200)\n`),
      tasks(`${task}app.conf.broker_url = "redis://localhost"\na.apply_async((1,), countdown=60)\n`),
      tasks(
        `${task}app.conf.broker_url = "redis://localhost"\napp.conf.broker_transport_options = {"visibility_timeout": 90000}\na.apply_async((1,), countdown=7200)\n`,
      ),
      tasks(`${task}app.conf.broker_url = "redis://localhost"\na.apply_async((1,), countdown=later)\n`),
      tasks(`${task}app.conf.broker_url = "redis://localhost"\na.apply_async((1,), expires=7200)\n`),
    ],
  },
  'mutable-orm-argument': {
    bad: [
      bad(`${task}a.delay(Order.objects.get(pk=1))\n`, 6),
      bad(`${task}def f():\n    for order in Order.objects.filter(x=1):\n        a.delay(order)\n`, 8),
      bad(
        `${task}from django.db import models\nclass Order(models.Model):\n    pass\ndef f(order: Order):\n    a.delay(order)\n`,
        10,
      ),
    ],
    near: [
      tasks(`${task}a.delay(Order.objects.get(pk=1).pk)\n`),
      tasks(`${task}def f():\n    for key in Order.objects.values_list("pk", flat=True):\n        a.delay(key)\n`),
      tasks(`${task}a.delay(Order.objects.count())\n`),
      tasks(`${task}a.delay({}.get("x"))\n`),
    ],
  },
  'chord-member-ignores-result': {
    bad: [
      bad(
        `from celery import chord\n@app.task(ignore_result=True)\ndef m():\n    pass\n${task}chord([m.s(), a.s(1)])(a.s())\n`,
        10,
      ),
      bad(
        `from celery import group\n@app.task(ignore_result=True)\ndef m():\n    pass\n${task}group(m.s() for _ in range(3)) | a.s()\n`,
        10,
      ),
    ],
    near: [
      tasks(
        `from celery import chord\n@app.task(ignore_result=True)\ndef m():\n    pass\n${task}chord([a.s(1)])(m.s())\n`,
      ),
      tasks(`from celery import group\n@app.task(ignore_result=True)\ndef m():\n    pass\ngroup([m.s()])()\n`),
      tasks(
        `from celery import chord\n@app.task(ignore_result=True)\ndef m():\n    pass\n${task}chord([m.s().set(ignore_result=False)])(a.s())\n`,
      ),
    ],
  },
  'unknown-task-name': {
    bad: [
      bad(`${task}app.send_task("tasks.b")\n`, 6),
      bad(`${task}from celery import signature\nsignature("tsks.a")\n`, 7),
      bad(`${task}app.conf.beat_schedule = {"e": {"task": "task.a", "schedule": 1}}\n`, 6),
      bad('@app.task(name="mine")\ndef a():\n    pass\napp.send_task("tasks.a")\n', 6),
    ],
    near: [
      tasks(`${task}app.send_task("tasks.a")\n`),
      tasks(`${task}app.send_task("other.package.work")\n`),
      tasks(`${task}app.send_task("celery.backend_cleanup")\n`),
      tasks(`${task}name = "tasks.a"\napp.send_task(name)\napp.send_task(f"tasks.{x}")\n`),
      tasks(`${task}app.conf.task_routes = {"tasks.*": "q", "tasks.a": "q"}\n`),
      tasks(`${task}class Mailer:\n    def send_task(self, x):\n        pass\nMailer().send_task("tasks.b")\n`),
    ],
  },
  'crontab-every-minute': {
    bad: [
      bad('from celery.schedules import crontab\nx = crontab(hour=3)\n', 4),
      bad('from celery import schedules as s\nx = s.crontab(hour="3", day_of_week=1)\n', 4),
    ],
    near: [
      tasks(
        'from celery.schedules import crontab\nx = crontab()\ny = crontab(hour=3, minute="*")\nz = crontab(0, 3)\nw = crontab(**kw)\n',
      ),
      tasks('from other import crontab\nx = crontab(hour=3)\n'),
    ],
  },
  'crontab-step-too-large': {
    bad: [
      bad('from celery.schedules import crontab\nx = crontab(minute="*/120")\n', 4),
      bad('from celery.schedules import crontab\nx = crontab(0, "*/24")\n', 4),
    ],
    near: [
      tasks('from celery.schedules import crontab\nx = crontab(minute="*/30", hour="*/12")\n'),
      tasks('from datetime import timedelta\nx = timedelta(minutes=120)\n'),
    ],
  },
};
