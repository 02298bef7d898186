import { createWriteStream } from 'node:fs'
import { mkdir, rename, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { graphFileOf } from './convert-packed-model.ts'
import type { OnProgress } from './fetch-progress.ts'

export const hubModelId = 'Xenova/multilingual-e5-small'

const files = ['config.json', 'tokenizer_config.json', 'tokenizer.json', graphFileOf.int8, graphFileOf.fp32]
const attempts = 3

export type HubDownloadOptions = {
  folder: string
  /** Base address of a model hub; the model library's own when not given. */
  hubUrl?: string | undefined
  /** How long the hub may take to answer at all: a machine without a way to it shall go on quickly. */
  connectTimeoutMs?: number | undefined
  /** How long a download may stand still. */
  stallTimeoutMs?: number | undefined
  signal?: AbortSignal | undefined
  onProgress?: OnProgress | undefined
}

/**
 * Downloads the model's files into a folder. Files that are there already are kept, a part of one is gone on with.
 *
 * @returns the address they came from.
 * @throws Error when the hub does not answer in time, refuses, or breaks off more than twice.
 */
export async function downloadFromHub(options: HubDownloadOptions): Promise<string> {
  const base = await hubBase(options.hubUrl)
  options.onProgress?.({ source: 'hub', stage: 'connecting' })
  for (const file of files) await downloadFile({ ...options, file, url: new URL(file, base).href })
  return base
}

async function hubBase(hubUrl: string | undefined): Promise<string> {
  const { env } = await import('@xenova/transformers')
  const path = env.remotePathTemplate.replaceAll('{model}', hubModelId).replaceAll('{revision}', 'main')
  return new URL(path, hubUrl ?? env.remoteHost).href
}

type FileDownload = HubDownloadOptions & { file: string; url: string }

async function downloadFile(download: FileDownload): Promise<void> {
  const target = join(download.folder, download.file)
  if ((await sizeOf(target)) !== null) return
  await mkdir(dirname(target), { recursive: true })
  const part = `${target}.part`
  for (let attempt = 1; ; attempt += 1) {
    const hadBytes = (await sizeOf(part)) ?? 0
    try {
      await downloadRest(download, part, hadBytes)
      break
    } catch (error) {
      const hasGrown = ((await sizeOf(part)) ?? 0) > hadBytes
      if (download.signal?.aborted === true || !hasGrown || attempt === attempts) throw error
    }
  }
  await rename(part, target)
}

async function downloadRest(download: FileDownload, part: string, hadBytes: number): Promise<void> {
  const { connectTimeoutMs = 5_000, stallTimeoutMs = 30_000 } = download
  const patience = new AbortController()
  const timer = createTimer(() => patience.abort(new Error(`No answer from the model hub for ${download.file}`)))
  const signal = AbortSignal.any([patience.signal, ...(download.signal === undefined ? [] : [download.signal])])
  try {
    timer.restart(connectTimeoutMs)
    const response = await fetch(download.url, { signal, headers: hadBytes > 0 ? { range: `bytes=${hadBytes}-` } : {} })
    // 416 on a part that is already whole: the range starts at its end.
    if (response.status === 416 && response.headers.get('content-range') === `bytes */${hadBytes}`) return
    if (!response.ok || response.body === null) throw new Error(`The model hub answered ${response.status} for ${download.file}`)
    const isRest = response.status === 206
    const before = isRest ? hadBytes : 0
    const announced = Number(response.headers.get('content-length') ?? Number.NaN)
    const totalBytes = before + announced
    const counter = countBytes(doneBytes => {
      timer.restart(stallTimeoutMs)
      download.onProgress?.({ source: 'hub', stage: 'downloading', file: download.file, doneBytes: before + doneBytes, totalBytes })
    })
    await pipeline(Readable.fromWeb(response.body), counter, createWriteStream(part, { flags: isRest ? 'a' : 'w' }))
    const size = await sizeOf(part)
    if (Number.isFinite(totalBytes) && size !== totalBytes) throw new Error(`${download.file} has ${size} bytes, expected ${totalBytes}`)
  } finally {
    timer.stop()
  }
}

function countBytes(onCount: (bytes: number) => void): Transform {
  let bytes = 0
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      bytes += chunk.length
      onCount(bytes)
      done(null, chunk)
    },
  })
}

function createTimer(onEnd: () => void) {
  let timer: NodeJS.Timeout | undefined
  const stop = () => clearTimeout(timer)
  return {
    stop,
    restart(ms: number) {
      stop()
      timer = setTimeout(onEnd, ms)
    },
  }
}

async function sizeOf(path: string): Promise<number | null> {
  return stat(path).then(found => found.size, () => null)
}
