import { FishboneError } from '../../../domain/error.ts'
import type { SuggestionStore } from '../../../graph/ports/suggestions.ts'
import { readSet } from '../read-suggestions.ts'
import type { Language } from '../suggestion-wording.ts'
import { draftEightD, type EightDDraft, type EightDWording } from './draft-8d.ts'
import { eightDHtml, eightDMarkdown } from './render-8d.ts'

export type WrittenEightD = { draft: EightDDraft; markdown: string; html: string }

/**
 * The 8D draft of an issue from its stored suggestions, in the language they were made in.
 *
 * @throws FB_NOT_FOUND where there is no such issue, or nothing was suggested for it yet.
 */
export const createDraft8d =
  ({ store, wording, hazardLabel }: { store: Pick<SuggestionStore, 'latest' | 'issueFacts'>; wording: EightDWording; hazardLabel: (key: string, language: Language) => string }) =>
  async (issueId: string): Promise<WrittenEightD> => {
    const facts = await store.issueFacts(issueId)
    if (facts === null) throw new FishboneError('FB_NOT_FOUND', `there is no issue ${issueId}`, { details: { issueId } })
    const set = await readSet(store, issueId)
    if (set === null) throw new FishboneError('FB_NOT_FOUND', `no suggestions were made for issue ${issueId} yet: fishbone suggest --issue ${issueId}, or POST /v1/issues/${issueId}/suggestions`, { details: { issueId } })
    const draft = draftEightD(facts, set, wording, hazardLabel)
    return { draft, markdown: eightDMarkdown(draft, wording), html: eightDHtml(draft, wording) }
  }
