import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createImportPlace, feedbackOf } from './import-double.ts'
import type { ImportIngest } from '../../src/ingest/import-files/import-job.ts'

let place: Awaited<ReturnType<typeof createImportPlace>>
beforeEach(async () => {
  place = await createImportPlace()
  await mkdir(join(place.root, 'in'), { recursive: true })
})
afterEach(() => place.remove())

const counts = { created: 0, updated: 0, unchanged: 0, superseded: 0 }

it('holds no more of a large file than of a small one', { timeout: 60_000 }, async () => {
  // 3,000 lines of 20,000 characters: 60 MB, of which a batch may hold 8 MiB and a second is being read.
  const text = '充电到一半就停了，'.repeat(2_000).slice(0, 18_000)
  const path = place.path('feedback.ndjson')
  const lines = function* () {
    for (let index = 0; index < 3_000; index++) yield `${JSON.stringify(feedbackOf(index % 90_000, { text: `${index} ${text}` }))}\n`
  }
  await pipeline(Readable.from(lines()), createWriteStream(path))
  let held = 0
  let highest = 0
  let records = 0
  const ingest: ImportIngest = {
    async ingestBatch(_kind, entries) {
      records += entries.length
      const size = entries.reduce((sum, { record }) => sum + ('text' in record ? Buffer.byteLength(record.text) : 0), 0)
      held += size
      highest = Math.max(highest, held)
      // A slow database must slow the reader down, not let batches pile up.
      await new Promise(resolve => setTimeout(resolve, 20))
      held -= size
      return { ...counts, created: entries.length }
    },
    ingestReference: () => Promise.reject(new Error('no reference data here')),
  }
  const before = process.memoryUsage().rss
  let highestRss = 0
  const summary = await place.run(ingest, [path], { onProgress: () => (highestRss = Math.max(highestRss, process.memoryUsage().rss)) })
  expect(summary.files[0]).toMatchObject({ created: 3_000, rejected: 0 })
  expect(records).toBe(3_000)
  expect(highest).toBeLessThan(9 * 1024 * 1024)
  expect((highestRss - before) / 1024 / 1024).toBeLessThan(250)
})
