import { readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { rejectsFolderOf } from '../../ingest/import-files/rejects-file.ts'
import { createNames } from './names-somebody.ts'
import type { NamedBy } from './names-somebody.ts'

/** Removes refused lines that name somebody; the other lines stay as they are. @returns how many were removed. */
export const createDropRejects =
  ({ dataDir }: { dataDir: string }) =>
  async (somebody: NamedBy): Promise<number> => {
    const names = createNames(somebody)
    const folder = rejectsFolderOf(dataDir)
    let dropped = 0
    for (const name of (await readdir(folder).catch(() => [])).filter(one => one.endsWith('.ndjson'))) {
      const path = join(folder, name)
      const lines = (await readFile(path, 'utf8')).split('\n')
      const kept = lines.filter(line => line === '' || !names.inRefusal(line))
      if (kept.length === lines.length) continue
      dropped += lines.length - kept.length
      await writeFile(`${path}.erasing`, kept.join('\n'), { mode: 0o600 })
      await rename(`${path}.erasing`, path)
    }
    return dropped
  }
