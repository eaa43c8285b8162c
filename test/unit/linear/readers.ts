import { readConnections } from '../../../extension/connections/exportedConnections.ts';
import { maskPlaceholders } from '../../../extension/connections/placeholder.ts';
import { insertListening } from '../../../extension/debug/debugpy/insertListening.ts';
import { splitSpeech } from '../../../extension/debug/rdb/splitSpeech.ts';
import { tracebackFrames } from '../../../extension/failures/tracebackFrames.ts';
import { pythonToJson } from '../../../extension/python/pythonToJson.ts';
import { readEnvFile as readLaunchEnv } from '../../../extension/python/readEnvFile.ts';
import { signatureIn } from '../../../extension/sendTask/callText.ts';
import { readArguments, readCallText } from '../../../extension/sendTask/readArguments.ts';
import { readLiteral } from '../../../extension/sendTask/readLiteral.ts';
import { plainLine } from '../../../extension/shown/plainLine.ts';
import { terminalText } from '../../../extension/shown/terminalText.ts';
import { tracebackLines } from '../../../media/task/frames.ts';
import { namePatterns } from '../../../server/api/namePatterns.ts';
import { readPlace } from '../../../server/api/rdbPlace.ts';
import { RdbReader, rdbWords } from '../../../server/api/rdbReader.ts';
import { redact } from '../../../server/api/redact.ts';
import { defaultRedactPatterns, maskLogins } from '../../../server/api/redaction.ts';
import { makeRedactor } from '../../../server/api/redactor.ts';
import { replyText } from '../../../server/brokers/amqpErrors.ts';
import { readRoute } from '../../../server/brokers/redisUnacked.ts';
import { maskBrokerUrl, parseBrokerUrl, splitBrokerUrls } from '../../../server/brokers/url.ts';
import { isControlName, routesTo } from '../../../server/brokers/virtualRouting.ts';
import { inexactMember, inexactText } from '../../../server/celery/exactJson.ts';
import { maskSecrets } from '../../../server/celery/maskSecrets.ts';
import { parseJson, readJson } from '../../../server/celery/parseJson.ts';
import { parseTypedJson } from '../../../server/celery/parseTypedJson.ts';
import { parsePythonJson } from '../../../server/celery/pythonJson.ts';
import { quickEnvelope } from '../../../server/celery/quickEnvelope.ts';
import { readEnvelope } from '../../../server/celery/readEnvelope.ts';
import { splitArray } from '../../../server/celery/splitArray.ts';
import { attributesIn, taskNamesIn } from '../../../server/celery/taskNamesIn.ts';
import { readThreadDump } from '../../../server/celery/threadDump.ts';
import { linearRegex } from '../../../server/cluster/linearRegex.ts';
import { beatCommands } from '../../../server/code/beatCommands.ts';
import { readCheckConfig } from '../../../server/code/checkConfig.ts';
import { readEditorRules } from '../../../server/code/editorSettings.ts';
import { readPs } from '../../../server/debugging/localProcess.ts';
import { readSocketTable } from '../../../server/debugging/socketTable.ts';
import { readPythonRepr } from '../../../server/detail/pythonRepr.ts';
import { readComposeFile } from '../../../server/discovery/composeFile.ts';
import { readEnvFile } from '../../../server/discovery/envFile.ts';
import { readIniFile } from '../../../server/discovery/iniFile.ts';
import { interpolate } from '../../../server/discovery/interpolate.ts';
import { readTomlFile } from '../../../server/discovery/tomlFile.ts';
import { readKeys } from '../../../server/faces/cli/top/topKeys.ts';
import { readTransportOption } from '../../../server/faces/cli/transportOption.ts';
import { readExceptionRepr } from '../../../server/failures/exceptionText.ts';
import { normaliseMessage } from '../../../server/failures/normaliseMessage.ts';
import { readTraceback } from '../../../server/failures/traceback.ts';
import { readGitignore } from '../../../server/folders/gitignore.ts';
import { readApps } from '../../../server/language/readApps.ts';
import { readTasks } from '../../../server/language/readTasks.ts';
import { parsePython } from '../../../server/python/parsePython.ts';
import { readStoredJson } from '../../../server/results/sqliteRow.ts';
import { readCrontabLine } from '../../../server/schedule/crontab.ts';
import { readSeconds, readWhole } from '../../../server/state/queries/language/queryValues.ts';
import { readQuery } from '../../../server/state/queries/language/readQuery.ts';
import { readsAsQuery } from '../../../server/state/queries/language/readsAsQuery.ts';
import { readSize } from '../../../server/text/answers/memorySamples.ts';
import { cutTo, displayWidth } from '../../../server/text/displayWidth.ts';
import { printable } from '../../../server/text/wording.ts';
import { wrapText } from '../../../server/text/wrapText.ts';

const redactor = makeRedactor(defaultRedactPatterns);
const isLike = namePatterns(['*a*b*', 'x?y*z?'], { marks: 'starAndOptional', ignoresCase: true });
const isGlob = namePatterns(['*[!a]?b'], { marks: 'fnmatch' });

/**
 * Every function that reads what others wrote, by its name. A reader that refuses a text may throw. The test beside this
 * finds the readers of the code by their names, and asks for each of them here.
 */
export const readers: Readonly<Record<string, (text: string) => unknown>> = {
  'Redactor.text': redactor.text,
  'Redactor.traceback': redactor.traceback,
  'Redactor.value': (text) => redactor.value([text, { [text]: text }]),
  maskLogins,
  maskSecrets,
  'namePatterns: the name': (text) => [isLike(text), isGlob(text)],
  'namePatterns: the pattern': (text) => namePatterns([text.slice(0, 16_384)], { marks: 'fnmatch' })('celery@host'),
  'linearRegex: the name': linearRegex('(a+)+b|.*[0-9]$') ?? (() => null),
  'linearRegex: the expression': (text) => linearRegex(text)?.('celery@host'),
  'routesTo: the pattern': (text) => routesTo([{ routingKey: '#', pattern: text, queue: 'q' }], 'orders.paid'),
  'routesTo: the key': (text) => routesTo([{ routingKey: '#', pattern: '^.*?\\.a\\..*?[^\\.]$', queue: 'q' }], text),
  isControlName,
  replyText,
  readRoute,
  parseBrokerUrl,
  'parseBrokerUrl: behind a scheme': (text) => parseBrokerUrl(`redis://${text}`),
  splitBrokerUrls,
  maskBrokerUrl,
  inexactMember: (text) => inexactMember(`1234567890123456789${text}`, 'result'),
  inexactText: (text) => inexactText(`1234567890123456789${text}`),
  splitArray: (text) => splitArray(`[${text}`),
  parseJson,
  readJson,
  parseTypedJson,
  parsePythonJson: (text) => parsePythonJson(`NaN${text}`),
  readEnvelope: (text) => readEnvelope(Buffer.from(text)),
  quickEnvelope: (text) => quickEnvelope(Buffer.from(`{"body": "${text}`)),
  readThreadDump,
  readSocketTable,
  readPs,
  readPythonRepr,
  parsePython,
  readApps,
  readTasks,
  readGitignore,
  readEditorRules: (text) => [readEditorRules(text), readEditorRules(`{"a": [${text}`)],
  readCrontabLine: (text) => [readCrontabLine(text), readCrontabLine(`${text} * * * *`)],
  readCheckConfig: (text) => readCheckConfig(text, 'pyproject.toml'),
  readComposeFile: (text) => readComposeFile(`services:\n  a:\n    image: ${text}`),
  'beatCommands: Procfile': (text) => beatCommands('Procfile', `w: celery ${text}`),
  readEnvFile: (text) => [readEnvFile(text), readEnvFile(`A=x${text}`)],
  readIniFile: (text) => [readIniFile(text), readIniFile(`[${text}`), readIniFile(`a = x${text}`)],
  interpolate: (text) => interpolate(text, () => undefined),
  readTomlFile,
  readSize,
  displayWidth,
  cutTo: (text) => cutTo(text, 80),
  readQuery: (text) => [readQuery(text.slice(0, 4_000), 0), readQuery(`args:"${text.slice(0, 3_000)}`, 0)],
  readsAsQuery,
  readKeys,
  readSeconds,
  readWhole,
  readTransportOption: (text) => readTransportOption(text, 'option'),
  attributesIn: (text) => attributesIn([`task [${text}]`], 'task'),
  taskNamesIn: (text) => taskNamesIn([text]),
  printable,
  wrapText: (text) => wrapText(text, 80),
  readExceptionRepr,
  normaliseMessage,
  readTraceback,
  readStoredJson,
  readArguments: (text) => [readArguments(text, 'array'), readArguments(text, 'object')],
  readCallText,
  readLiteral: (text) => readLiteral(text),
  signatureIn: (text) => signatureIn(text.split('\n'), 1),
  maskPlaceholders,
  readConnections,
  insertListening,
  'readEnvFile of a launch': (text) => [readLaunchEnv(text), readLaunchEnv(`A=x${text}`)],
  readPlace,
  splitSpeech: (text) => splitSpeech(text, 'token'),
  'RdbReader.read': (text) => new RdbReader().read(`Remote Debugger:${text}`),
  rdbWords,
  tracebackFrames,
  redact: (text) => redact(text, ['a secret']),
  pythonToJson,
  plainLine,
  terminalText,
  tracebackLines,
};
