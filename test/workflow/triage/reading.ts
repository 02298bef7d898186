import { readTriageRuleFiles } from '../../../src/vocabulary-files.ts'
import { readReport } from '../../../src/workflow/triage/read-report.ts'
import type { TriageSubject } from '../../../src/workflow/triage/triage-subject.ts'
import { createTriageRules } from '../../../src/workflow/triage/triage-rules.ts'
import { assess, linker, vocabulary } from '../../vocabulary/shipped-vocabulary.ts'

/** The rules as shipped, built once a test file. */
export const rules = createTriageRules(readTriageRuleFiles(), vocabulary)

/** A report of which only the text is known, unless said otherwise. */
export const subjectOf = (text: string, given: Partial<TriageSubject> = {}): TriageSubject => ({
  feedbackId: null, text, language: null, channel: null, occurredAt: null, receivedAt: '2023-01-09T06:12:46.000Z', vehicleId: null, rating: null,
  make: null, model: null, modelYear: null, flags: { crash: null, fire: null, injuries: null, sos: null }, recordedDtcs: [], ...given,
})

export const readers = { linker, assess, rules, vocabulary }

export const read = (text: string, given: Partial<TriageSubject> = {}) => readReport(readers, subjectOf(text, given))
