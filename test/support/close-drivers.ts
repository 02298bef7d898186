import neo4j from 'neo4j-driver'
import type { Driver } from 'neo4j-driver'
import { afterAll } from 'vitest'

/**
 * Files share one process and one Neo4j. A test that ran out of time goes on behind the next file's back, with its server, its sweeps and its
 * connections; so what a file opened ends with the file, and such a test with its next statement.
 */
const opened = new Set<Driver>()
const open = neo4j.driver

neo4j.driver = (...given) => {
  const driver = open(...given)
  opened.add(driver)
  return driver
}

// Registered before the file's own, hence run after them.
afterAll(async () => {
  neo4j.driver = open
  await Promise.all([...opened].map(driver => driver.close()))
})
