import { dashboard, exportOrder, frame, moreRows, nothing, prefill, row, rows } from './arguments.ts';

/** What a command is called on, and how the manifest declares it. `npm run manifest` writes it there. */
export interface Command {
  readonly on: { read(row: unknown, selected: unknown): unknown };
  readonly icon?: string;
  /** When the palette offers it: always unless this says otherwise. */
  readonly palette?: false | string;
  /** It changes a cluster: grey on the rows of a read-only connection. */
  readonly writes?: true;
  /** When it can be chosen at all. */
  readonly enabled?: string;
}

export const commands = {
  acknowledgeAlert: { on: row, icon: 'check' },
  addConnection: { on: prefill, icon: 'add' },
  addConsumer: { on: row, palette: false, writes: true },
  attachDebugger: { on: row, icon: 'debug-alt' },
  attachRdb: { on: row, icon: 'debug-alt' },
  autoscalePool: { on: row, palette: false, writes: true },
  cancelConsumer: { on: row, palette: false, writes: true },
  clearClustersFilter: { on: nothing, icon: 'clear-all', palette: 'celeriac.clustersFiltered' },
  clearTaskFilter: { on: nothing, icon: 'clear-all', palette: 'celeriac.tasksFiltered' },
  compareThreadDumps: { on: row, icon: 'diff', palette: 'resourceScheme == celeriac-threads' },
  compareWorkers: { on: row, icon: 'diff' },
  connect: { on: row, icon: 'plug' },
  connectNow: { on: row, icon: 'debug-restart', palette: false },
  controlWorkers: { on: row, writes: true },
  copyAnswers: { on: row, icon: 'copy', palette: 'resourceScheme == celeriac-answer' },
  copyFailure: { on: row, icon: 'copy' },
  copyMaskedUrl: { on: row },
  copyQueueName: { on: row, palette: false },
  copyTaskArguments: { on: row, palette: false },
  copyTaskId: { on: rows, palette: false },
  copyTraceback: { on: row, palette: false },
  debugWorker: { on: row, icon: 'debug-start' },
  disableEvents: { on: row, writes: true },
  disconnect: { on: row, icon: 'debug-disconnect' },
  dumpThreads: { on: row, icon: 'debug-stackframe' },
  editConnection: { on: row, icon: 'edit' },
  editConnections: { on: nothing, icon: 'gear' },
  enableEvents: { on: row, writes: true },
  exportConnections: { on: nothing },
  exportTasks: { on: exportOrder, icon: 'save', palette: false },
  filterClusters: { on: nothing, icon: 'filter' },
  filterTasks: { on: nothing, icon: 'filter' },
  findBrokers: { on: nothing, icon: 'search' },
  findTask: { on: nothing },
  getResult: { on: row },
  goToCode: { on: row, icon: 'go-to-file', palette: false },
  growPool: { on: row, palette: false, writes: true },
  hideMutedAlerts: { on: nothing, icon: 'bell', palette: 'celeriac.alerts.showsMuted' },
  hideMutedFailures: { on: nothing, icon: 'bell', palette: 'celeriac.failures.showsMuted' },
  importConnections: { on: nothing },
  inspectActive: { on: row, palette: false },
  inspectActiveQueues: { on: row, palette: false },
  inspectConf: { on: row, palette: false },
  inspectPing: { on: row, palette: false },
  inspectRegistered: { on: row, palette: false },
  inspectReport: { on: row, palette: false },
  inspectReserved: { on: row, palette: false },
  inspectRevoked: { on: row, palette: false },
  inspectScheduled: { on: row, palette: false },
  inspectStats: { on: row, palette: false },
  inspectWorkers: { on: row, icon: 'search' },
  markAllFailuresSeen: { on: nothing, icon: 'check-all' },
  markFailureSeen: { on: row, icon: 'check' },
  muteAlert: { on: row, icon: 'bell-slash', palette: false },
  muteFailure: { on: row, icon: 'bell-slash', palette: false },
  muteNotifications: { on: row },
  openDashboard: { on: dashboard, icon: 'dashboard' },
  openAnswerJson: { on: row, icon: 'json', palette: 'resourceScheme == celeriac-answer' },
  openFrame: { on: frame, palette: false },
  openQueue: { on: row, palette: false },
  openRdbTerminal: { on: nothing, icon: 'terminal' },
  openTask: { on: row, icon: 'go-to-file', palette: false },
  openTraceback: { on: row, icon: 'list-tree' },
  openWalkthrough: { on: nothing },
  openWorkflow: { on: row, icon: 'type-hierarchy' },
  openWorker: { on: row, palette: false },
  pauseTasks: { on: nothing, icon: 'debug-pause', palette: '!celeriac.tasksPaused' },
  peekQueue: { on: row },
  purgeQueue: { on: row, writes: true },
  refresh: { on: nothing, icon: 'refresh' },
  refreshInspection: { on: row, icon: 'refresh', palette: 'resourceScheme == celeriac-answer' },
  removeConnection: { on: row, icon: 'trash' },
  restartBackend: { on: nothing },
  restartPool: { on: row, palette: false, writes: true },
  resumeTasks: { on: nothing, icon: 'debug-continue', palette: 'celeriac.tasksPaused' },
  retryTask: { on: rows, icon: 'debug-restart', writes: true },
  revealInClusters: { on: row, palette: false },
  revokeTask: { on: rows, writes: true },
  runTaskUnderDebugger: { on: row, icon: 'debug-alt' },
  sendCall: { on: row, icon: 'play', palette: 'resourceScheme == celeriac-call' },
  sendTask: { on: row, writes: true },
  setRateLimit: { on: row, writes: true },
  setTimeLimits: { on: row, writes: true },
  showCodeStatus: { on: nothing, palette: false },
  showAlert: { on: row, icon: 'arrow-right' },
  showAlertHistory: { on: row, icon: 'history' },
  showAlerts: { on: nothing, palette: false },
  showAuditLog: { on: row },
  showConnectionMenu: { on: nothing, palette: false },
  showFailures: { on: row, palette: false },
  showLogs: { on: nothing },
  showMoreFailures: { on: row, palette: false },
  showMoreRows: { on: moreRows, palette: false },
  showMoreTasks: { on: nothing, palette: false },
  showMutedAlerts: { on: nothing, icon: 'bell-slash', palette: '!celeriac.alerts.showsMuted' },
  showMutedFailures: { on: nothing, icon: 'bell-slash', palette: '!celeriac.failures.showsMuted' },
  shrinkPool: { on: row, palette: false, writes: true },
  shutDownWorkers: { on: row, palette: false, writes: true },
  startDemoCluster: { on: nothing, enabled: '!celeriac.demoRunning' },
  stopDemoCluster: { on: nothing, enabled: 'celeriac.demoRunning' },
  switchConnection: { on: row },
  testConnection: { on: row },
  toggleReadOnly: { on: row },
  unmuteAlert: { on: row, icon: 'bell', palette: false },
  unmuteFailure: { on: row, icon: 'bell', palette: false },
} as const satisfies Readonly<Record<string, Command>>;

export type CommandName = keyof typeof commands;

/** What the handler of a command gets. */
export type TargetOf<K extends CommandName> = ReturnType<(typeof commands)[K]['on']['read']>;

/** What the command can be run with from code. */
export type GivenTo<K extends CommandName> = Parameters<(typeof commands)[K]['on']['give']>;

/** The command as VS Code knows it. */
export const commandId = (name: CommandName): string => `celeriac.${name}`;

export const commandNames = Object.keys(commands) as readonly CommandName[];
