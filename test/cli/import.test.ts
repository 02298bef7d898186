import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createImportCommand, type ImportCommandDependencies, type ImportServices } from '../../src/cli/import.ts'
import { createImportProgress } from '../../src/cli/import-progress.ts'
import { FishboneError } from '../../src/domain/error.ts'
import type { ImportSummary } from '../../src/ingest/import-files/import-summary.ts'
import { createImportPlace, createMemoryIngest, feedbackOf, ndjson } from '../ingest/import-double.ts'

let place: Awaited<ReturnType<typeof createImportPlace>>
beforeEach(async () => {
  place = await createImportPlace()
})
afterEach(() => place.remove())

const textOf = (stream: PassThrough): string => String(stream.read() ?? '')

/** The command over the in-memory write side; `interrupt` does what Ctrl-C does. */
function createSetup(options: { fail?: (batch: number) => void; embed?: ImportServices['waitForEmbeddings']; open?: () => Promise<ImportServices> } = {}) {
  const output = new PassThrough()
  const notices = new PassThrough()
  const happened = { exitCode: -1, closed: 0, left: [] as number[], waited: 0, listening: true }
  let interrupt = () => undefined as void
  const services: ImportServices = {
    ingest: createMemoryIngest({ fail: options.fail }).ingest,
    dataDir: place.dataDir,
    waitForEmbeddings: async request => {
      happened.waited++
      await options.embed?.(request)
    },
    close: () => Promise.resolve(void happened.closed++),
  }
  const deps: ImportCommandDependencies = {
    openServices: options.open ?? (() => Promise.resolve(services)),
    now: () => new Date('2023-06-01T00:00:00Z'),
    output,
    notices,
    setExitCode: code => (happened.exitCode = code),
    onInterrupt: listener => {
      interrupt = listener
      return () => (happened.listening = false)
    },
    leave: code => void happened.left.push(code),
  }
  const run = (...args: string[]) => createImportCommand(deps).exitOverride().configureOutput({ writeErr: () => undefined }).parseAsync(args, { from: 'user' })
  return { run, happened, output, notices, interrupt: () => interrupt() }
}

describe('fishbone import', () => {
  it('loads, waits for the vectors, closes what it opened and tells what became of every file', async () => {
    const path = await place.write('feedback.ndjson', `x\n${ndjson([feedbackOf(1, { colour: 'red' }), feedbackOf(2, { vin: 'SHORT' })])}`)
    const setup = createSetup()
    await setup.run(path)
    expect(setup.happened).toMatchObject({ exitCode: 2, closed: 1, waited: 1, listening: false })
    const text = textOf(setup.output)
    expect(text).toContain('feedback.ndjson (ndjson, feedback): 3 read, 2 created, 0 updated, 0 unchanged, 0 superseded, 1 rejected')
    expect(text).toContain('vinInvalid: 1 (lines 3)')
    expect(text).toContain('unknown fields, not loaded: colour')
    expect(text).toContain('feedback.ndjson.rejects.ndjson')
    expect(textOf(setup.notices)).toBe('feedback.ndjson\n')
  })

  it('does not wait for the vectors when told not to, and prints JSON', async () => {
    const path = await place.write('feedback.ndjson', ndjson([feedbackOf(1)]))
    const setup = createSetup()
    await setup.run('--no-wait', '--json', path)
    expect(setup.happened).toMatchObject({ exitCode: 0, waited: 0, closed: 1 })
    expect(JSON.parse(textOf(setup.output)) as ImportSummary).toMatchObject({ outcome: 'loaded', files: [{ created: 1 }] })
  })

  it('finishes the batch under way at the first interrupt, leaves at once at the second', async () => {
    const path = await place.write('feedback.ndjson', ndjson([feedbackOf(1), feedbackOf(2)]))
    const setup = createSetup({ fail: () => { setup.interrupt(); setup.interrupt() } })
    await setup.run(path)
    expect(setup.happened.left).toEqual([130])
    expect(textOf(setup.notices)).toContain('Once more to leave at once')
  })

  it('calls an interrupt while the vectors are written an interrupt', async () => {
    const path = await place.write('feedback.ndjson', ndjson([feedbackOf(1)]))
    const embed: ImportServices['waitForEmbeddings'] = ({ signal }) => {
      setup.interrupt()
      return Promise.reject(signal.reason as Error)
    }
    const setup = createSetup({ embed })
    await setup.run(path)
    expect(setup.happened).toMatchObject({ exitCode: 130, closed: 1 })
    expect(textOf(setup.output)).toContain('1 created')
  })

  it('ends with 3 when there is no database to begin with', async () => {
    const setup = createSetup({ open: () => Promise.reject(new FishboneError('FB_GRAPH_UNAVAILABLE', 'nothing listens')) })
    await setup.run('x')
    expect(setup.happened.exitCode).toBe(3)
    expect(textOf(setup.notices)).toContain('FB_GRAPH_UNAVAILABLE')
  })

  it.each([['--kind', 'tickets'], ['--format', 'xlsx']])('refuses %s %s', async (option, value) => {
    await expect(createSetup().run(option, value, 'x')).rejects.toMatchObject({ code: 'commander.invalidArgument' })
  })
})

describe('createImportProgress', () => {
  it('writes a line in ten seconds where there is no terminal', () => {
    const stream = new PassThrough()
    let now = 0
    const progress = createImportProgress(stream, () => now)
    const step = (read: number, bytesRead: number) => progress.file({ path: '/in/feedback.ndjson', kind: 'feedback', bytesRead, bytesTotal: 4_000, read, committed: 0 })
    step(0, 0)
    now = 5_000
    step(500, 500)
    now = 10_000
    step(1_000, 1_000)
    // A quarter in 10 s: three quarters take 30 s.
    expect(textOf(stream)).toBe('feedback.ndjson\nfeedback.ndjson: 25 %, 1,000 records, 100/s, about 30 s left\n')
  })
})
