import type { Keeper } from './keeper.ts';
import { type PythonOptions, runPython } from './python.ts';

export interface SendOptions extends PythonOptions {
  readonly task: string;
  readonly args?: readonly unknown[];
  readonly kwargs?: Readonly<Record<string, unknown>>;
  readonly queue?: string;
  readonly count?: number;
  /** Anything else apply_async takes: countdown, expires, priority, headers … */
  readonly options?: Readonly<Record<string, unknown>>;
}

const script = `
import json, sys
from lab_app import app
order = json.load(sys.stdin)
# Nobody here waits for the result; listening for it has a patience of 20 s when Redis is away.
app.conf.result_backend = None
with app.connection_for_write() as connection:
    with app.amqp.Producer(connection, auto_declare=False) as producer:
        ids = [
            app.send_task(order["task"], order["args"], order["kwargs"], producer=producer, **order["options"]).id
            for _ in range(order["count"])
        ]
print(json.dumps(ids))
`;

/** Sends a task with Celery's own client and answers the ids. */
export const sendTask = async (keeper: Keeper, order: SendOptions): Promise<string[]> => {
  const { task, args = [], kwargs = {}, queue, count = 1, options, ...where } = order;
  const input = JSON.stringify({ task, args, kwargs, count, options: { ...options, ...(queue ? { queue } : {}) } });
  const { stdout, stderr, code } = await runPython(keeper, { ...where, code: script, input });
  if (code !== 0) throw new Error(`could not send ${task}: ${stderr.slice(-3000)}`);
  const ids: unknown = JSON.parse(stdout);
  if (!Array.isArray(ids)) throw new Error(`sending ${task} answered ${stdout}`);
  return ids.map(String);
};
