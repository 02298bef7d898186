import { createInProcessQueue } from '../../src/jobs/in-process-queue.ts'
import { describeJobQueue, quietLog } from '../contracts/job-queue.ts'

describeJobQueue('in process', () => createInProcessQueue({ log: quietLog }))
