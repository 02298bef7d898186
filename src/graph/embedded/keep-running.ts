import { setTimeout as pause } from 'node:timers/promises'
import { isServerOf } from './process-identity.ts'
import type { ServerPorts } from './server-conf.ts'
import { readServerRecord } from './server-record.ts'
import { storeFolders } from './store-folders.ts'

export type KeepRunningOptions = {
  dataDir: string
  /** Starts it again, on its old ports where they are free. */
  start: () => Promise<unknown>
  onNotice: (message: string) => void
  onError: (error: unknown) => void
  /** Told where the server is once it is elsewhere: another program may have taken its port while it was down. */
  onMove?: (ports: ServerPorts) => void
  everyMs?: number
  /** Who stops a server notes it right after its end: one that is gone for so long without a note died. */
  graceMs?: number
}

/** The server of a data folder ended, and nobody asked for it. */
export const hasDied = (dataDir: string): boolean => {
  const folders = storeFolders(dataDir)
  const record = readServerRecord(folders)
  return record !== null && record.pid !== null && !isServerOf(folders.home, record.pid)
}

/**
 * Looks after the server of a data folder and starts it again when it died (killed, out of memory). One that was stopped stays stopped. Any number of
 * processes may: starting takes turns. @returns what ends it.
 */
export const keepRunning = ({ dataDir, start, onNotice, onError, onMove, everyMs = 1_000, graceMs = 2_000 }: KeepRunningOptions): (() => void) => {
  const ended = new AbortController()
  let known = readServerRecord(storeFolders(dataDir))
  /** Whichever process started it again. */
  const follow = () => {
    const found = readServerRecord(storeFolders(dataDir))
    if (found !== null && (found.bolt !== known?.bolt || found.http !== known.http)) onMove?.(found)
    known = found ?? known
  }
  const watch = async () => {
    while (!ended.signal.aborted) {
      await pause(everyMs, undefined, { ref: false, signal: ended.signal })
      follow()
      if (!hasDied(dataDir)) continue
      await pause(graceMs, undefined, { ref: false, signal: ended.signal })
      if (!hasDied(dataDir)) continue
      onNotice('Neo4j ended unasked and is started again')
      await start().then(() => (follow(), onNotice('Neo4j answers again')), onError)
    }
  }
  watch().catch((error: unknown) => ended.signal.aborted || onError(error))
  return () => ended.abort()
}
