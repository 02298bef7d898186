import { createAlertStore } from '../graph/alerts/alert-store.ts'
import { createFleetStore } from '../graph/analysis/fleet-store.ts'
import { createCollectiveStore } from '../graph/collective/collective-store.ts'
import { createDossierStore } from '../graph/dossier/dossier-store.ts'
import { checkVin } from '../domain/vin.ts'
import { createCaseStore, createReadCarKeys } from '../graph/retrieval/case-store.ts'
import { createConfirmationStore } from '../graph/retrieval/confirmation-store.ts'
import { createRootCauseStore } from '../graph/root-causes/root-cause-store.ts'
import { createEvidenceStore } from '../graph/triage/evidence-store.ts'
import { createUnmappedStore } from '../graph/unmapped/unmapped-store.ts'
import { createTriageContextStore } from '../graph/triage/triage-context-store.ts'
import { memo } from '../memo.ts'
import { createCaseConfirmations, createSearchCases, createWordGlossary } from '../retrieval/index.ts'
import { createReadCollectiveView } from '../workflow/collective/collective-view.ts'
import { createTermDecisions } from '../workflow/unmapped/decide-terms.ts'
import { createClauseMeanings } from '../workflow/unmapped/clause-meanings.ts'
import { clauseVectorsPath, createClauseVectorFile } from '../workflow/unmapped/clause-vector-file.ts'
import { createGatherClauses, type Standing } from '../workflow/unmapped/gather-clauses.ts'
import { createListTermClusters, keyWords } from '../workflow/unmapped/list-term-clusters.ts'
import { createRefreshTerms } from '../workflow/unmapped/refresh-terms.ts'
import { readSiteTerms, siteTermsPath, writeSiteTerms } from '../workflow/unmapped/site-terms-file.ts'
import { createReadDossier } from '../workflow/dossier/read-dossier.ts'
import { createTriageFeedback } from '../workflow/triage-feedback.ts'
import { readReport } from '../workflow/triage/read-report.ts'
import { createWeighEvidence } from '../workflow/triage/weigh-evidence.ts'
import { textSubject } from '../workflow/triage/triage-subject.ts'
import { createQueryVector } from '../retrieval/query-vector.ts'
import { createRespond } from '../workflow/triage/respond.ts'
import { readGlossaryFile, readVocabularyFiles } from '../vocabulary-files.ts'
import type { SiteTerms } from '../vocabulary/index.ts'
import type { Foundation } from './foundation.ts'

/** So long a case that another process wrote may stay unseen. Asked before every search, the graph would answer fifty times a second that nothing changed. */
const lookEveryMs = 1_000

/** What a text is about, what it resembles and how dangerous it is. */
export const createUnderstandingParts = (foundation: Foundation) => {
  const { config, logger, language, privacy, graph, embedder, store, vehicleLookUp, now } = foundation
  let searching: ReturnType<typeof createSearchCases> | null = null
  const search = memo(async () => {
    const words = createWordGlossary(readGlossaryFile())
    const [client, model, { linker, vocabulary }, { redactor, vinVault }, vehicleOfVin] = await Promise.all([
      graph(), embedder(), language(), privacy(), vehicleLookUp(),
    ])
    return (searching = createSearchCases({
      caseStore: createCaseStore({ client }),
      embedder: model,
      linker,
      glossary: vocabulary,
      redact: text => redactor.redact(text).text,
      vehicleOfVin,
      words,
      lookEveryMs,
      carOfVin: async (vin, at) => {
        const checked = checkVin(vin)
        return checked.ok ? createReadCarKeys({ client })(vinVault.pseudonymOf(checked.vin), at ?? now().toISOString()) : null
      },
      onEmbedderFailure: error => logger.warn({ err: error }, 'the embedder did not answer: this search goes by words and graph only'),
    }))
  })
  const triage = memo(async () => {
    const [client, workflowStore, { linker, assess, vocabulary, triageRules }, searchCases] = await Promise.all([graph(), store(), language(), search()])
    return createTriageFeedback({
      store: workflowStore, linker, assess, vocabulary, rules: triageRules, searchCases, serviceLevel: config.sla,
      triageContext: createTriageContextStore({ client }),
      vectorOf: createQueryVector(await embedder(), error => logger.warn({ err: error }, 'the embedder did not answer: this report is linked by its words alone')),
    })
  })
  const respond = memo(async () => createRespond({ store: createTriageContextStore({ client: await graph() }), now }))
  /** Sets what workshops and fault codes found beside what owners named. */
  const weighEvidence = memo(async () => {
    const [client, { vocabulary, triageRules }] = await Promise.all([graph(), language()])
    return createWeighEvidence({ store: createEvidenceStore({ client }), vocabulary, rules: triageRules.departments })
  })
  const dossier = memo(async () => {
    const [client, workflowStore, { linker, assess, vocabulary, triageRules: rules }, { vinVault }] = await Promise.all([graph(), store(), language(), privacy()])
    return createReadDossier({
      store: createDossierStore({ client }),
      alerts: createAlertStore({ client }),
      dtcMeanings: (codes, maker) => workflowStore.dtcMeanings(codes, maker),
      readReport: subject => readReport({ linker, assess, rules, vocabulary }, subject),
      vins: vinVault,
      now,
    })
  })

  const collectiveView = memo(async () => {
    const [client, { linker, vocabulary }, { redactor }, searchCases] = await Promise.all([graph(), language(), privacy(), search()])
    const issues = createRootCauseStore({ client })
    return createReadCollectiveView({
      vocabulary,
      link: text => linker.link(text),
      redact: text => redactor.redact(text).text,
      issueClass: id => issues.issueClass(id),
      issueModel: async id => (await issues.issueClass(id))?.model ?? null,
      fleet: createFleetStore({ client }),
      store: createCollectiveStore({ client }),
      searchCases,
      now,
    })
  })

  const unmappedTerms = memo(async () => {
    const [client, { linker, assess, vocabulary, triageRules: rules }, embedderOfSweeps] = await Promise.all([graph(), language(), foundation.patientEmbedder()])
    const unmapped = createUnmappedStore({ client })
    const path = siteTermsPath(config.dataDir)
    const siteTerms = { read: () => readSiteTerms(path), write: (terms: SiteTerms) => writeSiteTerms(path, terms) }
    const meanings = createClauseMeanings({ embedder: embedderOfSweeps, vectors: createClauseVectorFile(clauseVectorsPath(config.dataDir)), words: keyWords(vocabulary) })
    const listTermClusters = createListTermClusters({ store: unmapped, vocabulary, siteTerms: siteTerms.read, meanings: meanings.read, now })
    const standingOf = (text: string, spoken: string | null): Standing => {
      const { boundary } = readReport({ linker, assess, rules, vocabulary }, textSubject(text, spoken, now()))
      return boundary.qualityIssue ? 'issue' : boundary.rule === 'sounds-like-other' ? 'doubtful' : 'other'
    }
    return {
      refresh: createRefreshTerms({
        gatherClauses: createGatherClauses({ store: unmapped, linker, standingOf }), meanings, store: unmapped, now,
        onEmbedderFailure: error => logger.warn({ err: error }, 'the embedder did not answer: words without a key are grouped by words alone'),
      }),
      listTermClusters,
      decisions: createTermDecisions({ listTermClusters, shipped: () => readVocabularyFiles(), siteTerms, now }),
    }
  })

  /** `confirmCase`, `unconfirmCase`, `readCase`. */
  const caseConfirmations = memo(async () =>
    createCaseConfirmations({ store: createConfirmationStore({ client: await graph() }), now, onChange: () => searching?.expire() }))

  return { searchCases: search, triage, respond, weighEvidence, readDossier: dossier, collectiveView, unmappedTerms, caseConfirmations }
}
