import path from 'node:path'
import { createDuplicateStore } from '../graph/duplicates/duplicate-store.ts'
import { createReadFeedback } from '../graph/workflow/feedback-reader.ts'
import { memo } from '../memo.ts'
import { projectRoot } from '../project-root.ts'
import { createSoundsLike } from '../vocabulary/index.ts'
import { readWording } from '../vocabulary-files.ts'
import { createCompareTogether } from '../workflow/duplicates/compare-together.ts'
import { createCompareTools } from '../workflow/duplicates/compare-tools.ts'
import { createCompareWaiting } from '../workflow/duplicates/compare-waiting.ts'
import { parseDuplicateRules } from '../workflow/duplicates/duplicate-rules.ts'
import { createCompareFeedback } from '../workflow/duplicates/find-duplicates.ts'
import { createLearnLikeness } from '../workflow/duplicates/likeness.ts'
import { createPartReports } from '../workflow/duplicates/part-reports.ts'
import { createSayGround } from '../workflow/duplicates/reason-words.ts'
import { createTextMemory } from '../workflow/duplicates/text-memory.ts'
import { createShowRelations } from '../workflow/show-relations.ts'
import { createTellCorrections } from '../workflow/triage/tell-corrections.ts'
import type { Foundation } from './foundation.ts'

/** How reports belong together: at arrival, for history, and as people decide. */
export const createDuplicateParts = (foundation: Foundation) => {
  const { logger, now, language, graph, embedder, giveWay } = foundation
  const duplicates = memo(async () => {
    const [client, { vocabulary }, model] = await Promise.all([graph(), language(), embedder()])
    const store = createDuplicateStore({ client })
    const rules = parseDuplicateRules(readWording('duplicates', path.join(projectRoot, 'vocabulary')))
    const tools = createCompareTools({ rules, say: createSayGround(readWording('duplicates'), vocabulary), vocabulary, soundsLike: createSoundsLike(vocabulary) })
    const likeness = createLearnLikeness({ store, modelId: model?.modelId ?? null, rules: rules.cosine, now: () => now().getTime() })
    const services = {
      store, tools, likeness, embedder: model, now, texts: createTextMemory(store),
      onEmbedderFailure: (error: unknown) => logger.warn({ err: error }, 'the embedder did not answer: this report is compared again when its vector comes'),
    }
    const together = createCompareTogether(services)
    const compareFeedback = createCompareFeedback(services, together)
    return {
      together,
      compareFeedback,
      compareWaiting: createCompareWaiting({ ...services, giveWay }),
      /** `undo` and `redo`. */
      partReports: createPartReports({ store, now, compareFeedback }),
      edgesOf: (ids: readonly string[]) => store.edgesOf(ids),
      reports: (ids: readonly string[]) => store.reports(ids),
      compareAllAgain: () => store.markAll(),
      /** Learns which similarity is usual, ahead of the first report. */
      warmUp: async () => void (await likeness()),
    }
  })
  const relations = memo(async () => {
    const [client, { edgesOf, partReports }, { vocabulary, triageRules }] = await Promise.all([graph(), duplicates(), language()])
    const tellCorrections = createTellCorrections({ vocabulary, rules: triageRules.departments })
    return createShowRelations({ storedFeedback: createReadFeedback({ client }), edgesOf, partReports, tellCorrections })
  })
  return { duplicates, relations }
}

export type DuplicateParts = ReturnType<typeof createDuplicateParts>
