import type { Suggestion, SuggestionSet } from '../../domain/suggestion.ts'
import type { SuggestionStore } from '../../graph/ports/suggestions.ts'
import { citedBy } from './cited-evidence.ts'

export type ChatExample = { messages: { role: 'system' | 'user' | 'assistant'; content: string }[]; metadata: { suggestionId: string; kind: Suggestion['kind']; verdict: string; decidedAt: string; language: 'en' | 'zh' } }

const system = {
  en: 'You help the 8D team of a car maker. From the evidence, word one suggestion. Cite evidence ids. Use no number and no name that the evidence does not hold.',
  zh: '你协助整车厂的 8D 团队。根据证据撰写一条建议，引用证据编号，不使用证据中没有的数字和名称。',
}

/** One decided suggestion as a chat: the evidence it cites in, the words a person took or wrote out. */
export const toChatExample = (decided: { suggestion: Suggestion; set: SuggestionSet; verdict: string; at: string; edited: string | null }, redact: (text: string) => string): ChatExample => {
  const { suggestion, set, verdict, at, edited } = decided
  const evidence = citedBy(suggestion, set.evidence).map(one => `${one.id} [${one.type}] ${one.summary}`).join('\n')
  const cites = (ids: readonly string[]): string => ` [${ids.join(', ')}]`
  const said = suggestion.kind === 'root-cause'
    ? [edited ?? suggestion.statement, ...suggestion.mechanism.map(one => one.text + cites(one.evidenceIds)), ...(suggestion.nextCheck ? [suggestion.nextCheck.text + cites(suggestion.nextCheck.evidenceIds)] : [])]
    : [edited ?? suggestion.text, suggestion.why.text + cites(suggestion.why.evidenceIds)]
  return {
    messages: [
      { role: 'system', content: system[set.language] },
      { role: 'user', content: redact(`${suggestion.kind} | ${set.subject.label} | ${set.verdict}\n${evidence}`) },
      { role: 'assistant', content: redact(said.join('\n')) },
    ],
    metadata: { suggestionId: suggestion.suggestionId, kind: suggestion.kind, verdict, decidedAt: at, language: set.language },
  }
}

/** Suggestions that people accepted, edited or verified as JSONL chat examples, oldest decision first; redacted once more on the way out. */
export const createExportInstructionTuning =
  ({ store, redact }: { store: Pick<SuggestionStore, 'decided'>; redact: (text: string) => string }) =>
  async (): Promise<string> => {
    const decided = await store.decided(['accepted', 'edited', 'verified-by-repair'])
    return decided.map(one => `${JSON.stringify(toChatExample(one, redact))}\n`).join('')
  }
