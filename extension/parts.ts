import type * as vscode from 'vscode';
import type { AnswerPages } from './answers/answerPages.ts';
import type { AnswerTexts } from './answers/answerTexts.ts';
import type { Backend } from './backend.ts';
import type { WorkspaceCode } from './codeIntelligence/workspaceCode.ts';
import type { DriftBook } from './codePages/driftBook.ts';
import type { CommandHandlers } from './commands/register.ts';
import type { ActiveConnection } from './connections/activeConnection.ts';
import type { ConnectionChoices } from './connections/connectionChoices.ts';
import type { Connections } from './connections/connections.ts';
import type { F5 } from './debug/f5.ts';
import type { StandingTasks } from './debug/waiting/standingTasks.ts';
import type { Log } from './log.ts';
import type { Mirror } from './mirror.ts';
import type { SecretBook } from './secrets.ts';
import type { CallEditors } from './sendTask/callEditor.ts';
import type { Surfaces } from './surfaces.ts';

/** What every area of the extension is made from. */
export interface Parts {
  readonly context: vscode.ExtensionContext;
  readonly backend: Backend;
  readonly mirror: Mirror;
  readonly connections: Connections;
  readonly choices: ConnectionChoices;
  readonly secrets: SecretBook;
  /** The connection that is meant when nothing else is said. */
  readonly active: ActiveConnection;
  /** The tasks that wait for a debugger. */
  readonly standing: StandingTasks;
  readonly log: Log;
  /** What the code of the workspace says of Celery. */
  readonly code: WorkspaceCode;
  /** Where that code and the workers of each connection differ. */
  readonly drift: DriftBook;
  /** The documents with answers of workers, queues and result backends. */
  readonly answerPages: AnswerPages;
  readonly answerTexts: AnswerTexts;
  /** The tabs in which the arguments of calls are edited. */
  readonly callEditors: CallEditors;
  readonly surfaces: Surfaces;
  readonly f5: F5;
}

/** A part of the extension with commands of its own. Whoever starts it disposes it. */
export interface Area<K extends keyof CommandHandlers = never> {
  readonly commands: Pick<CommandHandlers, K>;
  dispose(): void;
}
