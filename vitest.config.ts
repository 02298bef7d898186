import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        // One module registry a worker: a third of the time, and nothing here keeps state in a module.
        test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: ['test/**/*.int.test.ts'], pool: 'forks', isolate: false, maxWorkers: 2 },
      },
      {
        test: {
          name: 'integration',
          include: ['test/**/*.int.test.ts'],
          pool: 'forks',
          globalSetup: ['test/support/neo4j-global-setup.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
