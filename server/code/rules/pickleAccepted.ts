import type { Rule } from '../rule.ts';
import { keyword, sendingCall } from '../ruleKit.ts';
import { stringsIn } from '../settingRules.ts';
import { valueBehind } from '../usesIn.ts';

const listed = new Set(['accept_content', 'result_accept_content', 'CELERY_ACCEPT_CONTENT']);
const single = new Set([
  'task_serializer',
  'result_serializer',
  'event_serializer',
  'CELERY_TASK_SERIALIZER',
  'CELERY_RESULT_SERIALIZER',
]);
const pickled = /^(?:pickle|application\/x-python-serialize)$/;
const message =
  'Anyone who can write to the broker can run code in your workers: unpickling a message runs the code it names. Use json.';

export const pickleAccepted: Rule = {
  id: 'pickle-accepted',
  severity: 'warning',
  title: 'pickle is accepted',
  why: 'Unpickling runs code that the message names, so anyone who can write to the broker controls the workers.',
  node: (look) => {
    const sent = sendingCall(look.node, look, new Set(['apply_async', 'apply_async_on_commit']));
    const given = sent && keyword(sent.call, 'serializer');
    return given?.value.kind === 'string' && pickled.test(given.value.value ?? '')
      ? [{ at: given, message }]
      : undefined;
  },
  project: (index) => [
    ...index.settings.flatMap((setting) => {
      const { key, file, above } = setting;
      if (!listed.has(key) && !single.has(key)) return [];
      const isPickled = stringsIn(valueBehind(setting.value, file, above, index.names)).some((each) =>
        pickled.test(each),
      );
      return isPickled ? [{ file, at: setting, message }] : [];
    }),
    ...index.tasks.flatMap((task) => {
      const file = index.file(task.file);
      const given = task.options.get('serializer');
      return file && given?.kind === 'string' && pickled.test(given.value ?? '') ? [{ file, at: given, message }] : [];
    }),
  ],
};
