import { readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { rejectsFolderOf } from '../../ingest/import-files/rejects-file.ts'

/** Removes refused lines that hold one of some strings, as they stand in the file; the other lines stay. */
export const createDropRejects =
  ({ dataDir }: { dataDir: string }) =>
  async (needles: readonly string[]): Promise<number> => {
    const folder = rejectsFolderOf(dataDir)
    let dropped = 0
    for (const name of (await readdir(folder).catch(() => [])).filter(one => one.endsWith('.ndjson'))) {
      const path = join(folder, name)
      const lines = (await readFile(path, 'utf8')).split('\n')
      const kept = lines.filter(line => !needles.some(needle => line.includes(needle)))
      if (kept.length === lines.length) continue
      dropped += lines.length - kept.length
      await writeFile(`${path}.erasing`, kept.join('\n'), { mode: 0o600 })
      await rename(`${path}.erasing`, path)
    }
    return dropped
  }
