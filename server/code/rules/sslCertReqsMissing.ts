import type { Expression } from '../../python/syntax.ts';
import type { CodeIndex } from '../codeIndex.ts';
import type { CodeFile } from '../facts.ts';
import type { Rule } from '../rule.ts';
import { textOf } from '../ruleKit.ts';
import { valueBehind } from '../usesIn.ts';

const urls: Readonly<Record<string, string>> = {
  broker_url: 'broker_use_ssl',
  BROKER_URL: 'BROKER_USE_SSL',
  result_backend: 'redis_backend_use_ssl',
  CELERY_RESULT_BACKEND: 'redis_backend_use_ssl',
};

export const sslCertReqsMissing: Rule = {
  id: 'ssl-cert-reqs-missing',
  severity: 'error',
  title: 'rediss:// without ssl_cert_reqs',
  why: "Celery's Redis result backend refuses such a URL with a ValueError, and the broker connection does not verify certificates.",
  project: (index) =>
    index.settings.flatMap((setting) => {
      const partner = urls[setting.key];
      if (partner === undefined || isSet(index, partner)) return [];
      const value = valueBehind(setting.value, setting.file, setting.above, index.names);
      if (!/^f?["']{1,3}rediss:\/\//i.test(textOf(value, setting.file)) || !isWhole(value, setting.file)) return [];
      const isQuoted = value.kind === 'string' && value.expressions.length === 0;
      const text = value.kind === 'string' ? (value.value ?? '') : '';
      const fix = isQuoted
        ? [
            {
              start: value.end - 1,
              end: value.end - 1,
              text: `${text.includes('?') ? '&' : '?'}ssl_cert_reqs=required`,
            },
          ]
        : [];
      return [
        {
          file: setting.file,
          at: value,
          message: 'Celery refuses this URL with a ValueError: rediss:// needs ?ssl_cert_reqs=required.',
          fixKeepsMeaning: true,
          fix,
        },
      ];
    }),
};

const isSet = (index: CodeIndex, key: string): boolean =>
  index.settings.some((each) => each.key.toLowerCase() === key.toLowerCase());

/** A part of a URL may be put in by a variable. */
const isWhole = (value: Expression, file: CodeFile): boolean =>
  value.kind === 'string' &&
  !/ssl_cert_reqs/.test(textOf(value, file)) &&
  !value.expressions.some((each) => /ssl|option|param|quer/i.test(textOf(each, file)));
