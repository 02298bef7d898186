import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, mkdtemp, open, rm, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** Rows of one key, in the order of the file. */
export type RowGroup<Row> = { key: string; rows: Row[] }

/** Rows kept in memory at a time, by their size in the file. A row takes about three times its bytes. */
const defaultMemoryBytes = 32 * 1024 * 1024
const maxPartitions = 256

/** Collects rows by key in the order the keys are first met. */
const createGroups = <Row>() => {
  const groups = new Map<string, Row[]>()
  return {
    add(key: string, row: Row): void {
      const rows = groups.get(key)
      if (rows) rows.push(row)
      else groups.set(key, [row])
    },
    *drain(): Generator<RowGroup<Row>> {
      for (const [key, rows] of groups) yield { key, rows }
      groups.clear()
    },
  }
}

/** Row stores on disk, one a share of the keys. A row is appended through a buffer, so that 256 files cost 256 small buffers and no more. */
async function createPartitions<Row>(folder: string, count: number) {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const place = await mkdtemp(join(folder, 'merge-'))
  const pathOf = (index: number) => join(place, `${index}.ndjson`)
  const files: FileHandle[] = []
  for (let index = 0; index < count; index++) files.push(await open(pathOf(index), 'wx', 0o600))
  const buffers = files.map(() => '')
  const flush = async (index: number) => {
    await files[index]!.appendFile(buffers[index]!)
    buffers[index] = ''
  }
  return {
    async add(key: string, row: Row): Promise<void> {
      const index = createHash('sha256').update(key).digest().readUInt32BE(0) % count
      buffers[index] += `${JSON.stringify([key, row])}\n`
      if (buffers[index]!.length > 64 * 1024) await flush(index)
    },
    async *drain(): AsyncGenerator<RowGroup<Row>> {
      for (let index = 0; index < count; index++) {
        await flush(index)
        const groups = createGroups<Row>()
        for await (const line of createInterface({ input: createReadStream(pathOf(index)), crlfDelay: Infinity })) {
          const [key, row] = JSON.parse(line) as [string, Row]
          groups.add(key, row)
        }
        yield* groups.drain()
      }
    },
    async remove(): Promise<void> {
      await Promise.all(files.map(file => file.close()))
      await rm(place, { recursive: true, force: true })
    },
  }
}

/**
 * Brings rows of one key together wherever they stand, with bounded memory. A file that fits is grouped in memory, in the order of first rows. A larger one is dealt
 * by the hash of its key into files of a temporary folder, which are then grouped one after another: the same content always comes out in the same order.
 *
 * @param rows plain values that survive JSON.
 * @param expectedBytes size of the content; a wrong guess costs memory or files, never a row.
 * @param folder where temporary files may be made (mode 0600); they are removed at the end, also when the reader stops early.
 */
export async function* mergeRows<Row>(
  rows: AsyncIterable<{ key: string; row: Row }>,
  { expectedBytes, folder, memoryBytes = defaultMemoryBytes }: { expectedBytes: number; folder: string; memoryBytes?: number },
): AsyncGenerator<RowGroup<Row>> {
  if (expectedBytes <= memoryBytes) {
    const groups = createGroups<Row>()
    for await (const { key, row } of rows) groups.add(key, row)
    yield* groups.drain()
    return
  }
  const partitions = await createPartitions<Row>(folder, Math.min(maxPartitions, Math.ceil(expectedBytes / memoryBytes) + 1))
  try {
    for await (const { key, row } of rows) await partitions.add(key, row)
    yield* partitions.drain()
  } finally {
    await partitions.remove()
  }
}
