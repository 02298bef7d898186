import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FishboneError } from '../../src/domain/error.ts'
import { projectRoot } from '../../src/project-root.ts'
import { createImportPlace, createMemoryIngest, feedbackOf, ndjson } from './import-double.ts'

let place: Awaited<ReturnType<typeof createImportPlace>>
beforeEach(async () => {
  place = await createImportPlace()
})
afterEach(() => place.remove())

const lost = () => new FishboneError('FB_GRAPH_UNAVAILABLE', 'the database cannot be reached')
const records = Array.from({ length: 10 }, (_, index) => feedbackOf(index + 1))
const resumePoints = async () => (await readdir(join(place.dataDir, 'imports')).catch(() => [])).filter(name => name.endsWith('.json'))
const sourceIds = (double: ReturnType<typeof createMemoryIngest>) => double.recordsOf('feedback').map(record => record['sourceId'])

describe('a database that goes away', () => {
  it('is tried again with growing waits, and nothing is lost or doubled when it comes back', async () => {
    const path = await place.write('feedback.ndjson', ndjson(records))
    const double = createMemoryIngest({ fail: batch => { if (batch === 2 || batch === 3) throw lost() } })
    const waits: number[] = []
    const summary = await place.run(double.ingest, [path], { batchSize: 4, sleep: ms => Promise.resolve(void waits.push(ms)) })
    expect(waits).toEqual([1_000, 2_000])
    expect(summary).toMatchObject({ outcome: 'loaded', exitCode: 0, files: [{ created: 10 }] })
    expect(sourceIds(double)).toEqual(records.map(record => record.sourceId))
  })

  it('ends the import with the last committed line and exit code 3; the next run goes on after it', async () => {
    const path = await place.write('feedback.ndjson', `not json\n${ndjson(records)}`)
    const double = createMemoryIngest({ fail: batch => { if (batch >= 3 && batch <= 8) throw lost() } })
    const stopped = await place.run(double.ingest, [path], { batchSize: 4 })
    // Line 1 is refused; two batches of 4 hold lines 2 to 9.
    expect(stopped).toMatchObject({ outcome: 'database-lost', exitCode: 3, lastCommitted: { line: 9 }, files: [{ created: 8 }] })
    expect(await resumePoints()).toHaveLength(1)

    const resumed = await place.run(double.ingest, [path], { batchSize: 4 })
    expect(resumed).toMatchObject({ outcome: 'some-refused', files: [{ read: 11, resumed: 9, created: 10, rejected: 1 }] })
    expect(sourceIds(double)).toEqual(records.map(record => record.sourceId))
    expect(await readFile(resumed.files[0]!.rejectsPath!, 'utf8')).toContain('"line":1')
    expect(await resumePoints()).toEqual([])
  })

  it('leaves later files for the next run', async () => {
    await place.write('feedback.ndjson', ndjson(records))
    await place.write('repair-orders.ndjson', ndjson([{ repairOrderId: 'RO', vin: feedbackOf(1).vin, openedAt: '2023-01-12T01:00:00Z', cause: 'corroded' }]))
    const double = createMemoryIngest({ fail: () => { throw lost() } })
    const summary = await place.run(double.ingest, [join(place.root, 'in')])
    expect(summary.files.map(file => file.kind)).toEqual(['feedback'])
  })

  it('does not try again what would fail again, and keeps the resume point', async () => {
    const path = await place.write('feedback.ndjson', ndjson(records))
    let tries = 0
    const double = createMemoryIngest({ fail: batch => { tries = batch; if (batch === 2) throw new FishboneError('FB_GRAPH_QUERY_FAILED', 'refused') } })
    await expect(place.run(double.ingest, [path], { batchSize: 4 })).rejects.toMatchObject({ code: 'FB_GRAPH_QUERY_FAILED' })
    expect(tries).toBe(2)
    expect(await resumePoints()).toHaveLength(1)
  })
})

describe('an interrupt', () => {
  it('lets the batch under way finish, and the next run goes on after it', async () => {
    const path = await place.write('feedback.ndjson', ndjson(records))
    const controller = new AbortController()
    const double = createMemoryIngest({ fail: batch => { if (batch === 2) controller.abort() } })
    const stopped = await place.run(double.ingest, [path], { batchSize: 3, signal: controller.signal })
    expect(stopped).toMatchObject({ outcome: 'interrupted', exitCode: 130, lastCommitted: { line: 6 }, files: [{ created: 6 }] })

    const resumed = await place.run(double.ingest, [path], { batchSize: 3 })
    expect(resumed).toMatchObject({ exitCode: 0, files: [{ resumed: 6, created: 10 }] })
    expect(sourceIds(double)).toEqual(records.map(record => record.sourceId))
  })

  it('ends the waiting for a lost database', async () => {
    const path = await place.write('feedback.ndjson', ndjson(records))
    const controller = new AbortController()
    const double = createMemoryIngest({ fail: () => { throw lost() } })
    const sleep = () => Promise.resolve(controller.abort())
    expect(await place.run(double.ingest, [path], { signal: controller.signal, sleep })).toMatchObject({ exitCode: 130, files: [{ created: 0 }] })
  })

  it('resumes merged files by their records', async () => {
    const path = join(projectRoot, 'fixtures', 'readers', 'nhtsa-complaints.txt')
    const double = createMemoryIngest({ fail: batch => { if (batch >= 2 && batch <= 7) throw lost() } })
    expect(await place.run(double.ingest, [path], { batchSize: 2 })).toMatchObject({ exitCode: 3, files: [{ created: 2 }] })
    expect(await place.run(double.ingest, [path], { batchSize: 2 })).toMatchObject({ exitCode: 0, files: [{ resumed: 2, created: 5, unchanged: 0 }] })
    expect(new Set(sourceIds(double)).size).toBe(5)
    expect(sourceIds(double)).toHaveLength(5)
  })
})

describe('a process that is killed', () => {
  it('leaves a resume point behind every batch: the next run goes on after the last one', async () => {
    const path = await place.write('feedback.ndjson', ndjson(records))
    let thirdBegun = () => undefined as void
    const begun = new Promise<void>(resolve => (thirdBegun = resolve))
    // The third batch never ends, as for a process that is gone in the middle of it.
    const killed = createMemoryIngest({ fail: batch => (batch === 3 ? (thirdBegun(), new Promise<void>(() => undefined)) : undefined) })
    void place.run(killed.ingest, [path], { batchSize: 3 })
    await begun
    const next = createMemoryIngest()
    expect(await place.run(next.ingest, [path], { batchSize: 3 })).toMatchObject({ exitCode: 0, files: [{ read: 10, resumed: 6, created: 10 }] })
    expect([...sourceIds(killed), ...sourceIds(next)]).toEqual(records.map(record => record.sourceId))
  })

  it('leaves refused lines half written, which the next run removes; those of a running one stay', async () => {
    const folder = join(place.dataDir, 'rejects')
    await mkdir(folder, { recursive: true })
    // No process has a number above 2²² on Linux.
    await writeFile(join(folder, 'feedback.ndjson.rejects.ndjson.99999999.part'), '{')
    await writeFile(join(folder, `cases.ndjson.rejects.ndjson.${process.pid}.part`), '{')
    await place.run(createMemoryIngest().ingest, [await place.write('feedback.ndjson', ndjson(records))])
    expect((await readdir(folder)).filter(name => name.endsWith('.part'))).toEqual([`cases.ndjson.rejects.ndjson.${process.pid}.part`])
  })
})

describe('a resume point', () => {
  const stopAfterFirstBatch = async () => {
    const path = await place.write('feedback.ndjson', ndjson(records))
    const double = createMemoryIngest({ fail: batch => { if (batch >= 2 && batch <= 7) throw lost() } })
    await place.run(double.ingest, [path], { batchSize: 4 })
    return { path, double }
  }

  it('does not count for a file that was changed since', async () => {
    const { path, double } = await stopAfterFirstBatch()
    await place.append('feedback.ndjson', ndjson([feedbackOf(11)]))
    expect(await place.run(double.ingest, [path])).toMatchObject({ files: [{ resumed: 0, unchanged: 4, created: 7 }] })
  })

  it('may be damaged without harm', async () => {
    const { path, double } = await stopAfterFirstBatch()
    const [name] = await resumePoints()
    await writeFile(join(place.dataDir, 'imports', name!), '{"version":1,"posi')
    expect(await place.run(double.ingest, [path])).toMatchObject({ files: [{ resumed: 0, unchanged: 4, created: 6 }] })
  })
})
