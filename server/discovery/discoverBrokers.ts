import type { Discovery } from '../api/discovery.ts';
import { containersOf, serverContainers } from './containers.ts';
import { environmentsOf } from './environments.ts';
import { discoveryLimits } from './limits.ts';
import { mergeBrokers } from './mergeBrokers.ts';
import type { ProjectFiles } from './projectFiles.ts';
import { pythonBrokers } from './pythonBrokers.ts';
import { readProject } from './readProject.ts';
import { variableBrokers, writtenBrokers } from './variableBrokers.ts';

/** The brokers that the files of these folders and the environment name. Nothing is run, nothing is connected to. */
export const discoverBrokers = async (
  folders: readonly string[],
  process: Readonly<Record<string, string | undefined>>,
): Promise<Discovery> => {
  const all: Discovery[] = [];
  for (const folder of folders) {
    const { project, filesRead, leftOut } = await readProject(folder, process);
    const { brokers, unclear, isCut } = brokersOf(project);
    const cut = isCut ? [`Only the first ${discoveryLimits.brokers} settings that name a broker were read.`] : [];
    all.push({ brokers, unclear, filesRead, leftOut: [...leftOut, ...cut] });
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
const brokersOf = (project: ProjectFiles): Pick<Discovery, 'brokers' | 'unclear'> & { readonly isCut: boolean } => {
  const environments = environmentsOf(project);
  const containers = containersOf(project);
  const { candidates, unclear } = pythonBrokers(project, environments);
  const all = [
    ...candidates,
    ...variableBrokers(environments),
    ...writtenBrokers(project),
    ...serverContainers(containers),
  ];
  const most = discoveryLimits.brokers;
  const isCut = all.length > most || unclear.length >= most;
  return { brokers: mergeBrokers(all.slice(0, most), containers, project.root), unclear, isCut };
};
