import { FishboneError } from '../../domain/error.ts'

/** Whether the model behind an embedder answered when it was asked last. */
export type LastTrouble = {
  /** Does the work and remembers whether the model answered. A call that its caller stopped says nothing of the model. */
  watch<T>(work: () => Promise<T>): Promise<T>
  /** Why the last call found no model; null when it answered, or was never asked. */
  told(): string | null
}

export const createLastTrouble = (): LastTrouble => {
  let trouble: string | null = null
  return {
    async watch(work) {
      try {
        const answer = await work()
        trouble = null
        return answer
      } catch (error) {
        if (error instanceof FishboneError && error.code === 'FB_EMBEDDER_UNAVAILABLE') trouble = error.message
        throw error
      }
    },
    told: () => trouble,
  }
}
