import { brokerContract, connectionContract } from './brokerContract.ts';
import { openRedis } from './redisSubject.ts';

brokerContract('Redis', openRedis);
connectionContract('Redis', openRedis);
