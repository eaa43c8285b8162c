/** What the menus and empty views of the manifest ask about, each key with what it may be. */
export interface ContextKeys {
  'celeriac.alerts.showsMuted': boolean;
  /** How many brokers the workspace names, while there is no connection. */
  'celeriac.brokersFound': number;
  'celeriac.clustersFiltered': boolean;
  'celeriac.connected': boolean;
  'celeriac.demoRunning': boolean;
  'celeriac.failures.eventsOff': boolean;
  'celeriac.failures.showsMuted': boolean;
  /** Without a connection, views that would all be empty are hidden. */
  'celeriac.hasConnections': boolean;
  'celeriac.hasEvents': boolean;
  'celeriac.hasWorkers': boolean;
  /** While it is set, VS Code does not know our debug type (package.json: `debuggers`). */
  'celeriac.leavesF5': boolean;
  'celeriac.noConnections': boolean;
  'celeriac.noneIsUsable': boolean;
  'celeriac.tasksFiltered': boolean;
  'celeriac.tasksPaused': boolean;
  /** Whether our walkthrough has been shown in this window. */
  'celeriac.walkthroughShown': boolean;
}

export type ContextKey = keyof ContextKeys;
