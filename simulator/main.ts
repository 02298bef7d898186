import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createFleet } from './fleet.ts'

const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, vehicles: { type: 'string', default: '8000' }, out: { type: 'string' }, help: { type: 'boolean' } },
})
if (values.help || values.out === undefined) {
  process.stdout.write('Usage: node --import tsx simulator/main.ts --out DIR [--seed 1] [--vehicles 8000]\nWrites the import files of a synthetic fleet to DIR, and the planted truth to DIR-truth.json.\n')
  process.exit(values.help ? 0 : 2)
}
const { records, truth } = createFleet({ seed: Number(values.seed), vehicles: Number(values.vehicles) })
mkdirSync(values.out, { recursive: true })
for (const [kind, rows] of Object.entries(records)) writeFileSync(join(values.out, `${kind}.ndjson`), rows.map(row => `${JSON.stringify(row)}\n`).join(''))
writeFileSync(`${values.out}-truth.json`, `${JSON.stringify(truth, null, 1)}\n`)
process.stdout.write(`${truth.vehicles} synthetic vehicles, ${records.feedback.length} feedback, ${records['repair-orders'].length} repair orders, ${truth.streams.length} streams\n`)
