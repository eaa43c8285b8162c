import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { CeleriacError } from '../../../../server/api/errors.ts';
import { askConsent, requireConsent } from '../../../../server/faces/cli/consent.ts';
import type { CommandContext } from '../../../../server/faces/cli/context.ts';
import { UsageError } from '../../../../server/faces/cli/usageError.ts';
import { aTerminal } from './aTerminal.ts';

const contextOf = ({ yes = false, isTTY = true, typed = null as string | null } = {}) => {
  const { terminal, said } = aTerminal({ isTTY });
  const input = Object.assign(new PassThrough(), { isTTY });
  if (typed !== null) input.end(typed);
  const interruption = new AbortController();
  const context: CommandContext = {
    args: [],
    options: yes ? { yes } : {},
    environment: {},
    terminal,
    interruption: interruption.signal,
    defects: { rejections: 0 },
    input,
  };
  return { context, said, interruption };
};

test('asks on a terminal, and takes only yes for yes', async () => {
  for (const typed of ['y\n', 'Y\n', 'yes\n', ' YES \n']) {
    const { context, said } = contextOf({ typed });
    requireConsent(context, 'A purge');
    await askConsent(context, 'Delete 3 messages?');
    assert.equal(said(), 'Delete 3 messages? [y/N] ');
  }
  for (const typed of ['\n', 'n\n', 'yesterday\n', '']) {
    await assert.rejects(askConsent(contextOf({ typed }).context, 'Delete?'), (error) => {
      return error instanceof CeleriacError && error.code === 'cancelled' && error.message === 'Nothing was done.';
    });
  }
});

test('needs --yes where nobody can be asked, and asks nobody when it is given', async () => {
  const { context } = contextOf({ isTTY: false });
  assert.throws(
    () => requireConsent(context, 'A purge'),
    new UsageError('A purge requires confirmation, and this is not a terminal. Add --yes.'),
  );
  const sure = contextOf({ yes: true, isTTY: false });
  requireConsent(sure.context, 'A purge');
  await askConsent(sure.context, 'Delete?');
  assert.equal(sure.said(), '');
});

test('does not wait for an answer any more when it is interrupted', async () => {
  const { context, interruption } = contextOf();
  const asked = askConsent(context, 'Delete?');
  interruption.abort('SIGINT');
  await assert.rejects(asked, CeleriacError);
});
