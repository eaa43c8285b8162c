import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { t } from '@vscode/l10n';
import type { TlsOptions } from '../../../server/api/model.ts';
import type { Asker, Choice } from './asker.ts';
import { type ConnectionDraft, schemeOf } from './draft.ts';
import { type Answer, mapAnswer, next, type Position, type Step } from './runSteps.ts';

type Trust = 'system' | 'ca' | 'client' | 'nobody';

/** Asked where the URL asks for TLS, or where certificates are named already. */
export const tlsStep = (asker: Asker): Step<ConnectionDraft> => ({
  applies: (draft) => /^(amqps|rediss)$/.test(schemeOf(draft)) || draft.tls !== null,
  ask: async (draft, position) => {
    for (;;) {
      const trust = await asker.choose({
        position,
        placeholder: t('Whose certificate must the broker show?'),
        choices: choices(),
        current: trustOf(draft.tls),
      });
      if (trust.kind !== 'next') return trust;
      const tls = await files(trust.value, draft.tls ?? {}, asker, position);
      if (tls.kind !== 'back') return mapAnswer(tls, (value) => ({ ...draft, tls: value }));
    }
  },
});

const choices = (): Choice<Trust>[] => [
  { label: t('One that this computer trusts'), value: 'system' },
  { label: t('One of our own authority…'), detail: t('Name the file of the CA (PEM).'), value: 'ca' },
  {
    label: t('One of our own authority, and we show one too…'),
    detail: t('Name the files of the CA, the client certificate and its key (PEM).'),
    value: 'client',
  },
  {
    label: t('Any: do not check it'),
    detail: t('The password could go to anybody who stands in between.'),
    value: 'nobody',
  },
];

const trustOf = (tls: TlsOptions | null): Trust => {
  if (tls?.verify === false) return 'nobody';
  if (tls?.certFile) return 'client';
  return tls?.caFile ? 'ca' : 'system';
};

const files = async (
  trust: Trust,
  now: TlsOptions,
  asker: Asker,
  position: Position,
): Promise<Answer<TlsOptions | null>> => {
  if (trust === 'system') return next(null);
  if (trust === 'nobody') return next({ ...now, verify: false });
  const ask = (prompt: string, value: string | undefined): Promise<Answer<string>> =>
    asker.text({ position: { ...position, step: Math.max(2, position.step) }, prompt, value: value ?? '', problemOf });
  const ca = await ask(t('The file of the certificate authority (PEM).'), now.caFile);
  if (ca.kind !== 'next' || trust === 'ca') return mapAnswer(ca, (caFile) => ({ caFile: fromHome(caFile) }));
  const cert = await ask(t('The file of the client certificate (PEM).'), now.certFile);
  if (cert.kind !== 'next') return cert;
  const key = await ask(t("The file of the client certificate's key (PEM)."), now.keyFile);
  return mapAnswer(key, (keyFile) => ({
    caFile: fromHome(ca.value),
    certFile: fromHome(cert.value),
    keyFile: fromHome(keyFile),
  }));
};

const problemOf = (text: string): string | null => {
  const file = fromHome(text);
  if (!isAbsolute(file)) return t('Write the whole path.');
  return existsSync(file) ? null : t('There is no file {0}.', file);
};

const fromHome = (text: string): string => {
  const file = text.trim();
  return file.startsWith('~/') ? join(homedir(), file.slice(1)) : file;
};
