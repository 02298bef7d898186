/**
 * Makes the synthetic demo fleet, always the same for a seed:
 *   npx tsx scripts/build-demo-fleet.ts [--to fixtures/fleet] [--vehicles 2000] [--seed 20230109]
 * No real car, owner or maker is behind any of it. The planted defect is told in fixtures/fleet/README.md.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { projectRoot } from '../src/project-root.ts'
import { buildEvents } from './fixtures/demo-events.ts'
import { buildVehicles, carriesPlantedLot } from './fixtures/demo-vehicles.ts'
import { writeRows } from './fixtures/fixture-files.ts'
import { createRandom } from './fixtures/seeded-random.ts'

const { values: options } = parseArgs({
  options: {
    to: { type: 'string', default: join(projectRoot, 'fixtures', 'fleet') },
    vehicles: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '20230109' },
  },
})

const random = createRandom(Number(options.seed))
const vehicles = buildVehicles(Number(options.vehicles), random)
const events = buildEvents(vehicles, random)
writeRows(join(options.to, 'vehicles.ndjson.gz'), vehicles)
for (const [kind, rows] of Object.entries(events)) writeRows(join(options.to, `${kind}.ndjson.gz`), rows)

const about = { vehicles: vehicles.length, withPlantedLot: vehicles.filter(carriesPlantedLot).length, ...Object.fromEntries(Object.entries(events).map(([kind, rows]) => [kind, rows.length])) }
console.log(about)
