// A process of its own that imports the generated fleet and can be killed at any point: `node --import tsx import-child.ts VEHICLES BATCH`.
// Prints one line a written batch; the database comes by NEO4J_URI, NEO4J_USER and NEO4J_PASSWORD.
import { createGraphClient } from '../../src/graph/client.ts'
import { batchesOf, generateFleet } from './generated-fleet.ts'
import { openTestIngest } from './test-ingest.ts'

const [vehicles, size] = process.argv.slice(2).map(Number) as [number, number]
const { NEO4J_URI = '', NEO4J_USER = '', NEO4J_PASSWORD = '' } = process.env
const client = createGraphClient({ uri: NEO4J_URI, user: NEO4J_USER, password: NEO4J_PASSWORD })
const ingest = openTestIngest(client)
for (const [number, batch] of batchesOf(generateFleet({ vehicles }), size).entries()) {
  await ingest.loadBatch(batch)
  process.stdout.write(`${number}\n`)
}
await client.close()
