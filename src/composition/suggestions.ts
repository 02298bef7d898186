import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { fishboneVersion } from '../cli/version.ts'
import type { Case } from '../domain/case.ts'
import { FishboneError } from '../domain/error.ts'
import type { SuggestionSet } from '../domain/suggestion.ts'
import { createSuggestionStore } from '../graph/suggestions/suggestion-store.ts'
import type { Ingest } from '../ingest/ingest-batch.ts'
import { checkRecord } from '../ingest/readers/check-record.ts'
import type { ModelGateway } from '../llm/ports.ts'
import { memo } from '../memo.ts'
import { projectRoot } from '../project-root.ts'
import type { SearchCases } from '../retrieval/index.ts'
import { createVerifier } from '../verification/index.ts'
import { readWording } from '../vocabulary-files.ts'
import type { ActionEfficacyService } from '../workflow/action-efficacy.ts'
import type { AnalyzeRootCauses } from '../workflow/root-causes/analyze-root-causes.ts'
import { parseWording } from '../workflow/root-causes/wording.ts'
import { parseActionCatalogue } from '../workflow/suggestions/action-catalogue.ts'
import { createConfidence, parseCalibration } from '../workflow/suggestions/confidence.ts'
import { createDecideSuggestion } from '../workflow/suggestions/decide-suggestion.ts'
import { parseEightDWording } from '../workflow/suggestions/eight-d/draft-8d.ts'
import { createDraft8d } from '../workflow/suggestions/eight-d/write-8d.ts'
import { createExportInstructionTuning } from '../workflow/suggestions/instruction-tuning.ts'
import { createMakeSuggestions } from '../workflow/suggestions/make-suggestions.ts'
import { readSet } from '../workflow/suggestions/read-suggestions.ts'
import { createSuggestedEfficacy } from '../workflow/suggestions/suggested-efficacy.ts'
import { createActionScope } from '../workflow/suggestions/suggested-scope.ts'
import { parseSuggestionWording } from '../workflow/suggestions/suggestion-wording.ts'
import type { Foundation } from './foundation.ts'

export type SuggestionSources = {
  search: () => Promise<SearchCases>
  rootCauses: () => Promise<{ analyzeRootCauses: AnalyzeRootCauses }>
  actionEfficacy: () => Promise<ActionEfficacyService>
  /** Answers `disabled` where no language model is configured. */
  modelGateway: () => Promise<ModelGateway>
}

const vocabularyFolder = join(projectRoot, 'vocabulary')

/** The editable files behind suggestions, checked. @throws FB_VOCABULARY_INVALID */
export const readSuggestionFiles = () => ({
  catalogue: parseActionCatalogue(readWording('actions', vocabularyFolder)),
  wording: parseSuggestionWording(readWording('suggestions')),
  confidence: createConfidence(parseCalibration(readWording('root-causes', join(vocabularyFolder, 'calibration')))),
  rootCauseWording: parseWording(readWording('root-causes')),
  rules: readWording('verification', vocabularyFolder),
})

/** What to do about an issue: root causes, containment, corrective actions, and what people decided of them. */
export const createSuggestionParts = (foundation: Foundation, { search, rootCauses, actionEfficacy, modelGateway }: SuggestionSources) => {
  const { now, language, graph, privacy } = foundation
  const suggestionStore = memo(async () => createSuggestionStore({ client: await graph() }))
  const suggesting = memo(async () => {
    const [{ linker, vocabulary }, model] = await Promise.all([language(), modelGateway()])
    const { catalogue, wording, confidence, rootCauseWording, rules } = readSuggestionFiles()
    return {
      catalogue, wording, confidence, gateway: model, engineVersion: fishboneVersion(),
      words: { wording: rootCauseWording, labelOf: (key: string, of?: 'en' | 'zh') => vocabulary.labelOf(key, of) },
      vocabulary,
      verifierOf: (knownNames: readonly string[]) => createVerifier({ linker, vocabulary, rules, knownNames }).verifyExplanation,
    }
  })
  const suggestions = memo(async () => {
    const [store, parts, { analyzeRootCauses }, efficacy, searchCases] = await Promise.all([suggestionStore(), suggesting(), rootCauses(), actionEfficacy(), search()])
    return {
      makeSuggestions: createMakeSuggestions({
        ...parts, store, analyzeRootCauses, searchCases, now, newId: randomUUID,
        actionEfficacies: (filter, control) => efficacy.actionEfficacies(filter, control),
      }),
      /** @throws FB_NOT_FOUND where there is no such issue, or nothing was suggested for it yet. */
      readSuggestions: async (issueId: string): Promise<SuggestionSet> => {
        const set = await readSet(store, issueId)
        if (set !== null) return set
        const issue = await store.issue(issueId)
        throw new FishboneError('FB_NOT_FOUND', issue === null ? `there is no issue ${issueId}` : `no suggestions were made for issue ${issueId} yet`, { details: { issueId } })
      },
    }
  })
  const decisions = memo(async () => {
    const [store, { vocabulary }, { redactor, vinVault }, ingest, service] = await Promise.all([suggestionStore(), language(), privacy(), foundation.ingest(), actionEfficacy()])
    const redact = (text: string): string => redactor.redact(text).text
    return {
      decideSuggestion: createDecideSuggestion({ store, now, newId: randomUUID, writeCase: record => writeCase(ingest, record, now()) }),
      draft8d: createDraft8d({ store, wording: parseEightDWording(readWording('eight-d')), hazardLabel: (key, of) => vocabulary.labelOf(key, of) }),
      exportInstructionTuning: createExportInstructionTuning({ store, redact }),
      actionScope: createActionScope({ store, openVin: sealed => vinVault.open(sealed), now }),
      suggestedEfficacy: createSuggestedEfficacy({ store, service }),
    }
  })
  return { suggestionStore, suggestions, decisions }
}

/** A case that people made by deciding goes the way of an imported one. */
const writeCase = async (ingest: Ingest, record: Case, now: Date): Promise<void> => {
  const checked = checkRecord('cases', record, { now })
  if (!checked.ok) throw new FishboneError('FB_INVALID', 'the verified suggestions make no valid case', { details: { errors: checked.errors } })
  await ingest.ingestBatch('cases', [checked])
}
