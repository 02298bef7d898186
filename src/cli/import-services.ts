import type { Fishbone } from '../composition-root.ts'
import type { ImportServices } from './import.ts'

/** Opens what an import writes with; what runs already is joined, what is started here is stopped by `close`. */
export const openImportServices = async (fishbone: Fishbone): Promise<ImportServices> => {
  try {
    const ingest = await fishbone.importIngest()
    return {
      ingest,
      dataDir: fishbone.config.dataDir,
      waitForEmbeddings: async options => {
        await (await fishbone.embedPending())(options)
        // Behind the vectors, so that each report is compared once.
        await (await fishbone.duplicates()).compareWaiting({ signal: options.signal })
        await (await fishbone.weighEvidence())({ signal: options.signal })
      },
      close: () => fishbone.close(),
    }
  } catch (error) {
    await fishbone.close()
    throw error
  }
}
