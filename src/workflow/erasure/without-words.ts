import type { ToldRecord } from '../../graph/ports/erasure.ts'

/** Shorter stretches are words of everybody. */
const shortestStretch = 6

/** Reasons of a triage may name what was said. */
const bareTriage = (triage: Record<string, unknown>): Record<string, unknown> => {
  const { qualityReason: _qualityReason, ...rest } = triage
  const bare = (value: unknown, change: object): unknown => (typeof value === 'object' && value !== null ? { ...value, ...change } : value)
  const each = (value: unknown, change: object): unknown => (Array.isArray(value) ? value.map(one => bare(one, change)) : value)
  return {
    ...rest, text: '',
    severity: bare(triage['severity'], { reasons: [] }),
    escalation: bare(triage['escalation'], { reasons: [] }),
    department: bare(triage['department'], { reason: '' }),
    hazards: each(triage['hazards'], { reason: '' }),
    duplicates: each(triage['duplicates'], { reason: '' }),
  }
}

/** Texts of quotes whose source is erased. */
const quotesOf = (value: unknown, sources: ReadonlySet<string>): string[] => {
  if (Array.isArray(value)) return value.flatMap(one => quotesOf(one, sources))
  if (typeof value !== 'object' || value === null) return []
  const { source, text } = value as { source?: unknown; text?: unknown }
  const own = typeof source === 'string' && sources.has(source) && typeof text === 'string' ? [text] : []
  return [...own, ...Object.values(value).flatMap(one => quotesOf(one, sources))]
}

const scrubbed = (value: unknown, stretches: readonly string[]): unknown => {
  if (typeof value === 'string') return stretches.reduce((text, stretch) => text.replaceAll(stretch, '…'), value)
  if (Array.isArray(value)) return value.map(one => scrubbed(one, stretches))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, scrubbed(one, stretches)]))
}

/**
 * What was made of feedback, without its words: triages keep classes and levels, suggestions and analyses everything but what they quote, wherever
 * the quote is told again.
 */
export const withoutWords = (told: readonly ToldRecord[], words: readonly { feedbackId: string; text: string }[]): ToldRecord[] => {
  const sources = new Set(words.map(one => one.feedbackId))
  return told.map(record => {
    const content = JSON.parse(record.content) as unknown
    if (record.label === 'Triage') return { ...record, content: JSON.stringify(bareTriage(content as Record<string, unknown>)) }
    // The longest first: a part of a quote must not leave its rest.
    const stretches = [...new Set([...words.map(one => one.text), ...quotesOf(content, sources)])].filter(text => text.length >= shortestStretch).toSorted((a, b) => b.length - a.length)
    return { ...record, content: JSON.stringify(scrubbed(content, stretches)) }
  })
}
