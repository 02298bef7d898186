import { defineConfig } from 'vitest/config'
import { shortLivedJava } from './test/support/short-lived-java.ts'

// Need a service or a process of their own, and not the shared Neo4j: they may run beside the others.
const standing = ['test/graph/embedded/*.int.test.ts', 'test/llm/*.int.test.ts', 'test/jobs/*.int.test.ts']

export default defineConfig({
  test: {
    projects: [
      {
        // One module registry a worker: a third of the time, and nothing here keeps state in a module.
        test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: ['test/**/*.int.test.ts'], expect: { poll: { timeout: 10_000 } }, pool: 'forks', isolate: false, maxWorkers: 2, testTimeout: 20_000 },
      },
      {
        test: {
          name: 'integration',
          include: ['test/**/*.int.test.ts'],
          exclude: standing,
          pool: 'forks',
          // As above: the words alone take seconds to load, and every file needs them.
          isolate: false,
          globalSetup: ['test/support/neo4j-global-setup.ts'],
          setupFiles: ['test/support/close-drivers.ts'],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: { name: 'standing', include: standing, env: shortLivedJava, pool: 'forks', fileParallelism: false, testTimeout: 180_000, hookTimeout: 180_000 },
      },
    ],
  },
})
