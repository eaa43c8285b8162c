import type { Rule } from './rule.ts';
import { acksLateWithoutReject } from './rules/acksLateWithoutReject.ts';
import { alwaysEagerOutsideTests } from './rules/alwaysEagerOutsideTests.ts';
import { argsNotTuple } from './rules/argsNotTuple.ts';
import { asyncTask } from './rules/asyncTask.ts';
import { autoretryWithoutLimit } from './rules/autoretryWithoutLimit.ts';
import { beatTwice } from './rules/beatTwice.ts';
import { bindWithoutSelf } from './rules/bindWithoutSelf.ts';
import { chordMemberIgnoresResult } from './rules/chordMemberIgnoresResult.ts';
import { crontabEveryMinute } from './rules/crontabEveryMinute.ts';
import { crontabStepTooLarge } from './rules/crontabStepTooLarge.ts';
import { decoratorNotOutermost } from './rules/decoratorNotOutermost.ts';
import { delayInTransaction } from './rules/delayInTransaction.ts';
import { delayOnCommitResultUsed } from './rules/delayOnCommitResultUsed.ts';
import { duplicateTaskName } from './rules/duplicateTaskName.ts';
import { etaBeyondVisibilityTimeout } from './rules/etaBeyondVisibilityTimeout.ts';
import { exceptionNotPicklable } from './rules/exceptionNotPicklable.ts';
import { memoryPerChildUnit } from './rules/memoryPerChildUnit.ts';
import { multiprocessingInTask } from './rules/multiprocessingInTask.ts';
import { mutableOrmArgument } from './rules/mutableOrmArgument.ts';
import { naiveEta } from './rules/naiveEta.ts';
import { noResultBackend } from './rules/noResultBackend.ts';
import { oldSettingNameMixed } from './rules/oldSettingNameMixed.ts';
import { pickleAccepted } from './rules/pickleAccepted.ts';
import { prefetchWithLongTasks } from './rules/prefetchWithLongTasks.ts';
import { requestsWithoutTimeout } from './rules/requestsWithoutTimeout.ts';
import { resultGetInTask } from './rules/resultGetInTask.ts';
import { retryNotRaised } from './rules/retryNotRaised.ts';
import { retrySwallowed } from './rules/retrySwallowed.ts';
import { selfWithoutBind } from './rules/selfWithoutBind.ts';
import { sharedTaskAppNotImported } from './rules/sharedTaskAppNotImported.ts';
import { softLimitNotBelowHard } from './rules/softLimitNotBelowHard.ts';
import { sslCertReqsMissing } from './rules/sslCertReqsMissing.ts';
import { unknownSetting } from './rules/unknownSetting.ts';
import { unknownTaskName } from './rules/unknownTaskName.ts';
import { wrongArguments } from './rules/wrongArguments.ts';

/** Every rule of "celeriac check", in the order of their ids. */
export const rules: readonly Rule[] = [
  acksLateWithoutReject,
  alwaysEagerOutsideTests,
  argsNotTuple,
  asyncTask,
  autoretryWithoutLimit,
  beatTwice,
  bindWithoutSelf,
  chordMemberIgnoresResult,
  crontabEveryMinute,
  crontabStepTooLarge,
  decoratorNotOutermost,
  delayInTransaction,
  delayOnCommitResultUsed,
  duplicateTaskName,
  etaBeyondVisibilityTimeout,
  exceptionNotPicklable,
  memoryPerChildUnit,
  multiprocessingInTask,
  mutableOrmArgument,
  naiveEta,
  noResultBackend,
  oldSettingNameMixed,
  pickleAccepted,
  prefetchWithLongTasks,
  requestsWithoutTimeout,
  resultGetInTask,
  retryNotRaised,
  retrySwallowed,
  selfWithoutBind,
  sharedTaskAppNotImported,
  softLimitNotBelowHard,
  sslCertReqsMissing,
  unknownSetting,
  unknownTaskName,
  wrongArguments,
];
