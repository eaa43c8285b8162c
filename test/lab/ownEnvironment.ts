/** This process's environment without the settings that would reach into a broker or a worker of the lab. */
export const ownEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));

const foreign = /^(CELERY|RABBITMQ|ERL|SHOP|PYTHON|REDIS|FLOWER|NODE_TEST)/;
