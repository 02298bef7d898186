import type { Triage } from '../domain/triage.ts'
import type { Assess, Linker, TextVector, Vocabulary } from '../vocabulary/index.ts'
import type { ServiceLevel } from './service-level.ts'
import { fillTriage } from './triage/fill-triage.ts'
import { readReport } from './triage/read-report.ts'
import { readSurroundings } from './triage/read-surroundings.ts'
import type { SurroundingsReaders } from './triage/read-surroundings.ts'
import type { TriageRules } from './triage/triage-rules.ts'
import type { TriageSubject } from './triage/triage-subject.ts'

export type { TriageSubject } from './triage/triage-subject.ts'

export type TriageFeedback = (subject: TriageSubject, options?: { signal?: AbortSignal }) => Promise<Triage>

/**
 * Triage of one report without a language model: links, fault codes with their meaning, severity and hazards by rule, whether it is a quality
 * issue at all and whose, feeling and escalation, the closest past cases and what the best of them suggests. Reads the graph, writes nothing.
 * What a build cannot tell yet is null or [].
 *
 * @throws FB_GRAPH_UNAVAILABLE
 */
export const createTriageFeedback =
  (
    services: Omit<SurroundingsReaders, 'escalationRules'> & {
      linker: Linker
      assess: Assess
      vocabulary: Vocabulary
      rules: TriageRules
      serviceLevel: ServiceLevel
      /** Vector of the whole text as a query; null where there is none to be had. Search asks for the same one. */
      vectorOf: (text: string, signal: AbortSignal | undefined) => Promise<TextVector | null>
    },
  ): TriageFeedback =>
  async (subject, { signal } = {}) => {
    const vector = await services.vectorOf(subject.text, signal)
    const report = readReport(services, subject, vector)
    const rules = { escalationRules: services.rules.escalation, serviceLevel: services.serviceLevel }
    const surroundings = await readSurroundings({ ...services, ...rules }, report, signal)
    return fillTriage(report, surroundings, rules)
  }
