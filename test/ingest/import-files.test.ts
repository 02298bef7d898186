import { mkdir, readFile, readdir, stat, utimes, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { projectRoot } from '../../src/project-root.ts'
import { createImportPlace, createMemoryIngest, feedbackOf, ndjson, vinOf } from './import-double.ts'

let place: Awaited<ReturnType<typeof createImportPlace>>
beforeEach(async () => {
  place = await createImportPlace()
})
afterEach(() => place.remove())

const rejectsOf = async (name: string): Promise<{ line: number; errors: { path: string; message: string }[]; record: unknown }[]> => {
  const text = await readFile(join(place.dataDir, 'rejects', `${name}.rejects.ndjson`), 'utf8')
  return text.trimEnd().split('\n').map(line => JSON.parse(line) as never)
}

describe('what bad input gets', () => {
  it('refuses a line that is not JSON or breaks its schema alone, and says where and why', async () => {
    const path = await place.write('feedback.ndjson', `${ndjson([feedbackOf(1)])}{"channel":"nomi",\n\n${ndjson([feedbackOf(2, { rating: 9 }), feedbackOf(3)])}`)
    const double = createMemoryIngest()
    const summary = await place.run(double.ingest, [path])
    expect(summary).toMatchObject({ outcome: 'some-refused', exitCode: 2, files: [{ kind: 'feedback', read: 4, created: 2, rejected: 2 }] })
    expect(double.recordsOf('feedback').map(record => record['sourceId'])).toEqual(['F-1', 'F-3'])
    expect(await rejectsOf('feedback.ndjson')).toEqual([
      { line: 2, errors: [{ path: '', message: 'not JSON: the line ends too early' }], record: '{"channel":"nomi",' },
      { line: 4, errors: [{ path: 'rating', message: 'expected at most 5, got 9' }], record: feedbackOf(2, { rating: 9 }) },
    ])
    expect(summary.files[0]?.rejectsPath).toBe(join(place.dataDir, 'rejects', 'feedback.ndjson.rejects.ndjson'))
  })

  it('keeps refused lines to their owner', async () => {
    const path = await place.write('feedback.ndjson', 'x\n{}\n')
    const { files } = await place.run(createMemoryIngest().ingest, [path])
    expect((await stat(files[0]!.rejectsPath!)).mode & 0o777).toBe(0o600)
    expect((await stat(join(place.dataDir, 'rejects'))).mode & 0o777).toBe(0o700)
  })

  it('replaces the refused lines of an earlier run, and removes them when none are left', async () => {
    const path = await place.write('feedback.ndjson', `x\n${ndjson([feedbackOf(1)])}`)
    const double = createMemoryIngest()
    await place.run(double.ingest, [path])
    await place.run(double.ingest, [path])
    expect(await rejectsOf('feedback.ndjson')).toHaveLength(1)
    await place.write('feedback.ndjson', ndjson([feedbackOf(1)]))
    expect(await place.run(double.ingest, [path])).toMatchObject({ exitCode: 0, files: [{ rejectsPath: null, unchanged: 1 }] })
    await expect(rejectsOf('feedback.ndjson')).rejects.toThrow()
  })

  it('does not mix the refused lines of two files of one name', async () => {
    const one = await place.write('a/feedback.ndjson', `x\n${ndjson([feedbackOf(1)])}`)
    const other = await place.write('b/feedback.ndjson', `y\n${ndjson([feedbackOf(2)])}`)
    const { files } = await place.run(createMemoryIngest().ingest, [one, other])
    const texts = await Promise.all(files.map(file => readFile(file.rejectsPath!, 'utf8')))
    expect(texts.map(text => (JSON.parse(text) as { record: string }).record)).toEqual(['x', 'y'])
  })

  it('removes refused lines after 30 days and never reads them as input', async () => {
    const folder = join(place.dataDir, 'rejects')
    await mkdir(folder, { recursive: true })
    const old = join(folder, 'feedback.ndjson.rejects.ndjson')
    const recent = join(folder, 'cases.ndjson.rejects.ndjson')
    for (const [path, day] of [[old, '2023-05-01'], [recent, '2023-05-03']] as const) {
      await writeFile(path, '{"line":1}\n')
      await utimes(path, new Date(day), new Date(day))
    }
    const double = createMemoryIngest()
    const summary = await place.run(double.ingest, [recent, folder, place.dataDir], { kind: 'feedback' })
    expect(await readdir(folder)).not.toContain('feedback.ndjson.rejects.ndjson')
    expect(await readdir(folder)).toContain('cases.ndjson.rejects.ndjson')
    expect(summary).toMatchObject({ exitCode: 2, files: [{ refused: expect.stringContaining('never read') as string }, { refused: expect.stringContaining('never read') as string }] })
    expect(double.batches).toEqual([])
  })

  it('loads a record with unknown fields and names each once', async () => {
    const vehicle = { vin: vinOf(1), model: 'ES8', builtOn: '2022-03-14', colour: 'red', parts: [{ component: 'c', partNo: 'P', torque: 1 }] }
    const path = await place.write('vehicles.ndjson', ndjson([vehicle, { ...vehicle, vin: vinOf(2) }]))
    const double = createMemoryIngest()
    expect(await place.run(double.ingest, [path])).toMatchObject({ exitCode: 0, files: [{ created: 2, unknownFields: ['colour', 'parts.torque'] }] })
    expect(double.recordsOf('vehicles')[0]).not.toHaveProperty('colour')
  })

  it('counts what is loaded twice as unchanged', async () => {
    const path = await place.write('feedback.ndjson', ndjson([feedbackOf(1), feedbackOf(2)]))
    const double = createMemoryIngest()
    expect(await place.run(double.ingest, [path])).toMatchObject({ files: [{ created: 2, unchanged: 0, resumed: 0 }] })
    expect(await place.run(double.ingest, [path])).toMatchObject({ files: [{ created: 0, unchanged: 2, resumed: 0 }] })
  })

  it('marks what it doubts, loads it, and lists it', async () => {
    const path = await place.write('vehicles.ndjson', ndjson([
      { vin: vinOf(1), model: 'ES8', builtOn: '2022-03-14', soldOn: '2022-01-01' },
      { vin: vinOf(2), model: 'ES8', builtOn: '2099-03-14' },
      { vin: 'SHORT', model: 'ES8', builtOn: '2022-03-14' },
    ]))
    const events = await place.write('feedback.ndjson', ndjson([
      feedbackOf(1, { odometerKm: 9_000 }), feedbackOf(2, { vin: 'SHORT' }), feedbackOf(3, { vin: vinOf(1), occurredAt: '2023-02-01T00:00:00Z', odometerKm: 100 }),
    ]))
    const double = createMemoryIngest()
    const summary = await place.run(double.ingest, [path, events])
    expect(summary.files).toMatchObject([
      { kind: 'vehicles', created: 2, rejected: 1, flags: { soldBeforeBuilt: { count: 1, firstLines: [1] }, futureDate: { count: 1, firstLines: [2] } } },
      { kind: 'feedback', created: 3, rejected: 0, flags: { vinInvalid: { count: 1, firstLines: [2] }, odometerBackwards: { count: 1, firstLines: [3] } } },
    ])
    expect(double.batches[1]?.flags).toEqual([[], ['vinInvalid'], ['odometerBackwards']])
  })

  it('tolerates a byte-order mark and CRLF, marks broken UTF-8, refuses a line over 1 MiB', async () => {
    const broken = Buffer.from(JSON.stringify(feedbackOf(2, { text: 'caf~' })).replace('~', '\xe9'), 'latin1')
    const path = await place.write('feedback.ndjson', Buffer.concat([
      Buffer.from(`\uFEFF${JSON.stringify(feedbackOf(1))}\r\n`), broken, Buffer.from(`\r\n{"text":"${'x'.repeat(1024 * 1024)}"}\r\n${JSON.stringify(feedbackOf(3))}`),
    ]))
    const double = createMemoryIngest()
    expect(await place.run(double.ingest, [path])).toMatchObject({ exitCode: 2, files: [{ created: 3, rejected: 1, flags: { brokenUtf8: { count: 1, firstLines: [2] } } }] })
    expect(double.recordsOf('feedback')[1]).toMatchObject({ text: 'caf\uFFFD' })
    expect(await rejectsOf('feedback.ndjson')).toMatchObject([{ line: 3, record: null, errors: [{ path: '' }] }])
  })
})

describe('which files are read, and as what', () => {
  it('loads master data before events, whatever the order of the files', async () => {
    await place.write('repair-orders.ndjson', ndjson([{ repairOrderId: 'RO', vin: vinOf(1), openedAt: '2023-01-12T01:00:00Z', cause: 'corroded' }]))
    await place.write('feedback.ndjson', ndjson([feedbackOf(1)]))
    await place.write('telemetry-snapshots.ndjson', ndjson([{ snapshotId: 'TS', capturedAt: '2023-01-09T06:12:44Z' }]))
    await place.write('software-installs.csv', `vin,module,version,installedAt,result\n${vinOf(1)},BMS,3.2.0,2022-09-01T02:11:00Z,success\n`)
    await place.write('cases.ndjson', ndjson([{ caseId: 'C', title: 'T', rootCause: 'R' }]))
    await place.write('codes.csv', 'code,manufacturer,description,type,locale,is_generic,source_file\nP0AA6,GENERIC,Isolation,P,en,1,x\n')
    await place.write('sub/vehicles.ndjson.gz', gzipSync(ndjson([{ vin: vinOf(1), model: 'ES8', builtOn: '2022-03-14' }])))
    await place.write('README.md', 'not data')
    const double = createMemoryIngest()
    const summary = await place.run(double.ingest, [join(place.root, 'in')])
    expect(double.batches.map(batch => batch.kind)).toEqual([
      'dtc-definitions', 'vehicles', 'cases', 'software-installs', 'telemetry-snapshots', 'feedback', 'repair-orders',
    ])
    expect(summary.exitCode).toBe(0)
    expect(summary.ignored.map(path => path.endsWith('README.md'))).toEqual([true])
  })

  it('knows gzip by its bytes, not by its name', async () => {
    const path = await place.write('feedback.ndjson', gzipSync(ndjson([feedbackOf(1)])))
    expect(await place.run(createMemoryIngest().ingest, [path])).toMatchObject({ exitCode: 0, files: [{ created: 1 }] })
  })

  it('loads a cut gzip file as far as it goes, and says so', async () => {
    const whole = gzipSync(ndjson(Array.from({ length: 5_000 }, (_, index) => feedbackOf(index, { text: `text ${index * 7_919}` }))))
    const path = await place.write('feedback.ndjson.gz', whole.subarray(0, whole.length - 2_000))
    const summary = await place.run(createMemoryIngest().ingest, [path])
    expect(summary.exitCode).toBe(2)
    expect(summary.files[0]?.created).toBeGreaterThan(100)
    expect(summary.files[0]?.refused).toMatch(/gzip/)
  })

  it('refuses a file it does not recognise whole, with the shapes it does, and loads the others', async () => {
    await place.write('feedback.ndjson', 'Dear sirs,\nplease find attached\n')
    await place.write('complaints.ndjson', ndjson([feedbackOf(1)]))
    await place.write('vehicles.csv', 'vin,module,version,installedAt\na,b,c,d\n')
    await place.write('cases.ndjson', ndjson([{ caseId: 'C', title: 'T', rootCause: 'R' }]))
    const double = createMemoryIngest()
    const summary = await place.run(double.ingest, [join(place.root, 'in')])
    const reasons: Record<string, string | null> = Object.fromEntries(summary.files.map(file => [basename(file.path), file.refused]))
    expect(reasons['feedback.ndjson']).toMatch(/not recognised.*NDJSON.*nhtsa-complaints.*obd-ontology/)
    expect(reasons['complaints.ndjson']).toMatch(/"complaints" is no kind of record.*vehicles, cases/)
    expect(reasons['vehicles.csv']).toMatch(/vehicles are not read from CSV/)
    expect(reasons['cases.ndjson']).toBeNull()
    expect(summary).toMatchObject({ exitCode: 2 })
    expect(double.batches.map(batch => batch.kind)).toEqual(['cases'])
  })

  it('takes --kind for a file of another name, and --format only where the content is that', async () => {
    const path = await place.write('complaints.ndjson', ndjson([feedbackOf(1)]))
    expect(await place.run(createMemoryIngest().ingest, [path], { kind: 'feedback' })).toMatchObject({ exitCode: 0, files: [{ kind: 'feedback', created: 1 }] })
    expect(await place.run(createMemoryIngest().ingest, [path], { format: 'nhtsa-complaints' })).toMatchObject({ exitCode: 2, files: [{ created: 0 }] })
  })

  it.each(['nhtsa-complaints.txt', 'nhtsa-recalls.txt'])('knows %s without being told, and loads it twice without a change', async name => {
    const path = join(projectRoot, 'fixtures', 'readers', name)
    const double = createMemoryIngest()
    const first = await place.run(double.ingest, [path])
    expect(first).toMatchObject({ exitCode: 0, files: [{ format: name.replace('.txt', ''), rejected: 0 }] })
    expect(await place.run(double.ingest, [path])).toMatchObject({ files: [{ created: 0, updated: 0, unchanged: first.files[0]!.created }] })
  })

  it('names a path that is not there', async () => {
    expect(await place.run(createMemoryIngest().ingest, [place.path('absent.ndjson')])).toMatchObject({ exitCode: 2, files: [{ refused: 'no such file or folder' }] })
  })

  it('takes an empty file for no records', async () => {
    const path = await place.write('feedback.ndjson', '')
    expect(await place.run(createMemoryIngest().ingest, [path])).toMatchObject({ exitCode: 0, files: [{ read: 0 }] })
  })

  it('tells the write side whether feedback is new', async () => {
    const path = await place.write('feedback.ndjson', ndjson([feedbackOf(1)]))
    const double = createMemoryIngest()
    await place.run(double.ingest, [path])
    await place.run(double.ingest, [path], { live: true })
    expect(double.batches.map(batch => batch.live)).toEqual([false, true])
  })
})
