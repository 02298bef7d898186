import { afterEach, beforeEach, expect, it } from 'vitest'
import { createSpool } from '../../src/ingest/spool.ts'
import { createRunImport } from '../../src/workflow/run-import.ts'
import { Readable } from 'node:stream'
import { createImportPlace, createMemoryIngest, feedbackOf, ndjson } from '../ingest/import-double.ts'

let place: Awaited<ReturnType<typeof createImportPlace>>
beforeEach(async () => {
  place = await createImportPlace()
})
afterEach(() => place.remove())

it('finds its files again when the worker died between the last batch and the end of the job', async () => {
  const { ingest, stored } = createMemoryIngest()
  const spool = createSpool({ dataDir: place.dataDir, limitBytes: 1_000_000 })
  const upload = await spool.open('JOB-1')
  await upload.add('feedback.ndjson', Readable.from([ndjson([feedbackOf(1), feedbackOf(2)])]))
  const runImport = createRunImport({ ingest, spool, dataDir: place.dataDir, now: () => new Date('2023-06-01T00:00:00Z') })
  const run = () => runImport({ spool: 'JOB-1', kind: 'feedback', format: null, live: true }, { jobId: 'JOB-1', signal: new AbortController().signal, onProgress: () => undefined })
  const first = await run()
  expect(first.files.map(file => file.name)).toEqual(['feedback.ndjson'])
  // Its answer was never written: the job is done once more.
  expect((await run()).outcome).toBe(first.outcome)
  expect(stored.size).toBe(2)
})
