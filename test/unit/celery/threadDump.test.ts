import assert from 'node:assert/strict';
import { test } from 'node:test';
import { taskOfThread } from '../../../server/celery/taskOfThread.ts';
import { readThreadDump } from '../../../server/celery/threadDump.ts';

const rule = '='.repeat(49);

/** As Celery 5.6 writes it to the log of a solo worker in which other lines stand too. */
const log = `[2026-11-20 11:57:08,112: INFO/MainProcess] Task lab.until_file[4b1c] received

Timer-1
${rule}
  File "/usr/lib/python3.11/threading.py", line 1002, in _bootstrap
    self._bootstrap_inner()
  File "/site-packages/kombu/asynchronous/timer.py", line 12, in run
    sleep(1.0)
${rule}
LOCAL VARIABLES
${rule}
{'delay': 1.0,
 'self': <Timer(Timer-1, started daemon 140578325087936)>}


MainThread
${rule}
  File "/site-packages/celery/app/trace.py", line 453, in trace_task
    R = retval = fun(*args, **kwargs)
                 ^^^^^^^^^^^^^^^^^^^^
  File "/site-packages/celery/app/trace.py", line 736, in __protected_call__
    return self.run(*args, **kwargs)
  File "/app/lab_app.py", line 57, in until_file
    time.sleep(0.02)
  File "/site-packages/celery/apps/worker.py", line 364, in cry_handler
    safe_say(cry())
  File "/site-packages/celery/utils/debug.py", line 191, in cry
    traceback.print_stack(frame, file=out)
${rule}
LOCAL VARIABLES
${rule}
{'frame': <frame at 0x7f>, 'sep': '='}



[2026-11-20 11:57:09,113: INFO/MainProcess] Task lab.until_file[4b1c] succeeded
`;

test('reads every thread out of a log in which other things stand', () => {
  const [timer, main, ...others] = readThreadDump(log);
  assert.deepEqual(others, []);
  assert.equal(timer?.name, 'Timer-1');
  assert.match(timer?.locals ?? '', /^\{'delay': 1\.0,\n 'self': <Timer/);
  assert.equal(main?.name, 'MainThread');
  assert.deepEqual(main?.frames[0], {
    file: '/site-packages/celery/app/trace.py',
    line: 453,
    function: 'trace_task',
    code: 'R = retval = fun(*args, **kwargs)',
  });
});

test('ends the main thread where the signal came, and leaves out the variables of what writes the dump', () => {
  const main = readThreadDump(log).at(-1);
  assert.deepEqual(main?.frames.at(-1), {
    file: '/app/lab_app.py',
    line: 57,
    function: 'until_file',
    code: 'time.sleep(0.02)',
  });
  assert.equal(main?.locals, '');
});

test('leaves out a thread that is not written to its end', () => {
  const cut = log.slice(0, log.indexOf("{'frame'"));
  assert.deepEqual(
    readThreadDump(cut).map(({ name }) => name),
    ['Timer-1'],
  );
});

test('names the task in a thread by the function that Celery calls', () => {
  const frames = readThreadDump(log).at(-1)?.frames ?? [];
  const charge = { id: 'c1', name: 'shop.charge' };
  const hold = (id: string) => ({ id, name: 'lab.until_file' });
  assert.deepEqual(taskOfThread(frames, [charge, hold('h1')]), { name: 'lab.until_file', id: 'h1' });
  assert.deepEqual(taskOfThread(frames, [hold('h1'), hold('h2')]), { name: 'lab.until_file', id: null });
  assert.deepEqual(taskOfThread(frames, []), { name: 'until_file', id: null });
  assert.deepEqual(taskOfThread(frames, [{ id: 'n1', name: 'named.otherwise' }]), {
    name: 'named.otherwise',
    id: 'n1',
  });
  assert.equal(taskOfThread(readThreadDump(log)[0]?.frames ?? [], [charge]), null);
});
