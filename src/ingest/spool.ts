import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { FishboneError } from '../domain/error.ts'

/** Files that were sent and wait to be imported, a folder an import, under `spool/` of the data folder; only the owner may read them. */
export type Spool = ReturnType<typeof createSpool>

const mostNameLength = 100

/** A name that is a file of its folder, whatever it was sent as. */
export const spoolNameOf = (given: string): string => {
  const name = given.replaceAll(/[^A-Za-z0-9._-]/g, '_').replace(/^\.+/, '')
  return name === '' ? 'upload' : name.slice(-mostNameLength)
}

export const createSpool = ({ dataDir, limitBytes }: { dataDir: string; limitBytes: number }) => {
  const root = join(dataDir, 'spool')
  const folderOf = (id: string): string => {
    if (!/^[A-Za-z0-9-]{1,100}$/.test(id)) throw new FishboneError('FB_INVALID', 'this is no name of a spool folder')
    return join(root, id)
  }
  return {
    /** Takes in the files of one import; all of them together stay under the limit. */
    async open(id: string) {
      const folder = folderOf(id)
      await mkdir(folder, { recursive: true, mode: 0o700 })
      let bytes = 0
      const names = new Set<string>()
      const hash = createHash('sha256')
      return {
        /** @throws FB_TOO_LARGE when the import grows over the limit, FB_INVALID for a second file of one name. */
        async add(given: string, content: Readable): Promise<void> {
          const name = spoolNameOf(given)
          if (names.has(name)) throw new FishboneError('FB_INVALID', `two files are called ${name}`)
          names.add(name)
          hash.update(`${name}\0`)
          const count = new Transform({
            transform(chunk: Buffer, _encoding, done) {
              bytes += chunk.length
              if (bytes > limitBytes) done(new FishboneError('FB_TOO_LARGE', `an import takes at most ${limitBytes} bytes`))
              else {
                hash.update(chunk)
                done(null, chunk)
              }
            },
          })
          await pipeline(content, count, createWriteStream(join(folder, name), { mode: 0o600, flags: 'wx' }))
        },
        files: () => names.size,
        /** Of names and contents; to be asked for once, at the end. */
        sha256: () => hash.digest('hex'),
        discard: () => rm(folder, { recursive: true, force: true }),
      }
    },
    /** Paths of an import's files. @throws FB_IMPORT_FORMAT where they are not on this machine. */
    async paths(id: string): Promise<string[]> {
      const folder = folderOf(id)
      const names = await readdir(folder).catch(() => null)
      if (names === null) throw new FishboneError('FB_IMPORT_FORMAT', 'the files of this import are not in the data folder of this worker', { details: { spool: id } })
      return names.sort().map(name => join(folder, name))
    },
    remove: (id: string) => rm(folderOf(id), { recursive: true, force: true }),
    /** Imports whose files lie here since before an instant. */
    async olderThan(instant: Date): Promise<string[]> {
      const names = await readdir(root).catch(() => [])
      const old: string[] = []
      for (const name of names) {
        const found = await stat(join(root, name)).catch(() => null)
        if (found !== null && found.mtimeMs < instant.getTime()) old.push(name)
      }
      return old
    },
  }
}
