import type { Discovery } from '../api/discovery.ts';
import type { PythonParser } from '../language/pythonParser.ts';
import { containersOf, serverContainers } from './containers.ts';
import { environmentsOf } from './environments.ts';
import { mergeBrokers } from './mergeBrokers.ts';
import type { ProjectFiles } from './projectFiles.ts';
import { pythonBrokers } from './pythonBrokers.ts';
import { readProject } from './readProject.ts';
import { variableBrokers, writtenBrokers } from './variableBrokers.ts';

/** The brokers that the files of these folders and the environment name. Nothing is run, nothing is connected to. */
export const discoverBrokers = async (
  folders: readonly string[],
  openParser: () => Promise<PythonParser>,
  process: Readonly<Record<string, string | undefined>>,
): Promise<Discovery> => {
  const all: Discovery[] = [];
  for (const folder of folders) {
    const { project, filesRead, leftOut } = await readProject(folder, openParser, process);
    all.push({ ...brokersOf(project), filesRead, leftOut });
  }
  const brokers = all.flatMap((each) => each.brokers);
  return {
    brokers: brokers.filter(({ url }, index) => brokers.findIndex((each) => each.url === url) === index),
    unclear: all.flatMap((each) => each.unclear),
    filesRead: all.reduce((sum, each) => sum + each.filesRead, 0),
    leftOut: all.flatMap((each) => each.leftOut),
  };
};

/** What the files of one project say, put together. */
const brokersOf = (project: ProjectFiles): Pick<Discovery, 'brokers' | 'unclear'> => {
  const environments = environmentsOf(project);
  const containers = containersOf(project);
  const { candidates, unclear } = pythonBrokers(project, environments);
  const all = [
    ...candidates,
    ...variableBrokers(environments),
    ...writtenBrokers(project),
    ...serverContainers(containers),
  ];
  return { brokers: mergeBrokers(all, containers, project.root), unclear };
};
