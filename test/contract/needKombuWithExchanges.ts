import { type Broker, type Lab, LabLacks } from '../lab/lab.ts';

/** Before 5.3, kombu's filesystem broker knew no exchanges: neither events nor remote control went through it. */
export const needKombuWithExchanges = async (lab: Lab, broker: Broker): Promise<void> => {
  const { stdout } = await lab.python({
    broker,
    code: 'import kombu; print(kombu.VERSION[:2] >= (5, 3), kombu.__version__)',
  });
  const [isEnough, version = 'none'] = stdout.trim().split(' ');
  if (isEnough !== 'True') throw new LabLacks(`events through folders need kombu 5.3 or newer; there is ${version}`);
};
