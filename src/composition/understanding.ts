import { createCaseStore } from '../graph/retrieval/case-store.ts'
import { createConfirmationStore } from '../graph/retrieval/confirmation-store.ts'
import { createTriageContextStore } from '../graph/triage/triage-context-store.ts'
import { memo } from '../memo.ts'
import { createCaseConfirmations, createSearchCases } from '../retrieval/index.ts'
import { createTriageFeedback } from '../workflow/triage-feedback.ts'
import type { Foundation } from './foundation.ts'

/** What a text is about, what it resembles and how dangerous it is. */
export const createUnderstandingParts = (foundation: Foundation) => {
  const { config, logger, language, privacy, graph, embedder, store, vehicleLookUp, now } = foundation
  const search = memo(async () => {
    const [client, model, { linker, vocabulary }, { redactor }, vehicleOfVin] = await Promise.all([
      graph(), embedder(), language(), privacy(), vehicleLookUp(),
    ])
    return createSearchCases({
      caseStore: createCaseStore({ client }),
      embedder: model,
      linker,
      glossary: vocabulary,
      redact: text => redactor.redact(text).text,
      vehicleOfVin,
      onEmbedderFailure: error => logger.warn({ err: error }, 'the embedder did not answer: this search goes by words and graph only'),
    })
  })
  const triage = memo(async () => {
    const [client, workflowStore, { linker, assess, vocabulary, triageRules }, searchCases] = await Promise.all([graph(), store(), language(), search()])
    return createTriageFeedback({
      store: workflowStore, linker, assess, vocabulary, rules: triageRules, searchCases, serviceLevel: config.sla,
      triageContext: createTriageContextStore({ client }),
    })
  })

  /** `confirmCase`, `unconfirmCase`, `readCase`. */
  const caseConfirmations = memo(async () => createCaseConfirmations({ store: createConfirmationStore({ client: await graph() }), now }))

  return { searchCases: search, triage, caseConfirmations }
}
