import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** JSON files in one folder, readable by the owner only; a file is whole or not there. */
export const createStoredJson = ({ folder }: { folder: string }) => ({
  /** @returns null where there is none, or none that can be read. */
  async read(name: string): Promise<unknown> {
    if (!/^[\w-]{1,128}$/.test(name)) return null
    try {
      return JSON.parse(await readFile(path.join(folder, `${name}.json`), 'utf8')) as unknown
    } catch {
      return null
    }
  },
  async write(name: string, value: unknown): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const file = path.join(folder, `${name}.json`)
    const temporary = `${file}.${process.pid}.${Math.floor(performance.now() * 1_000)}`
    await writeFile(temporary, JSON.stringify(value, null, 1), { mode: 0o600 })
    await rename(temporary, file)
  },
})
export type StoredJson = ReturnType<typeof createStoredJson>
