import type { AnalysisSubject, AnalyzeRootCausesRequest } from '../../domain/root-cause-analysis.ts'
import { frameOf } from './analysis-frame.ts'
import { resolveSubject, type SubjectDependencies } from './subject-class.ts'

export type PrepareAnalysisDependencies = SubjectDependencies & {
  /** Model and year of a known car. */
  vehicleOfVin: (vin: string) => Promise<{ make: string | null; model: string | null; modelYear: number | null } | null>
  now: () => Date
}

/** A request that may be kept: redacted, without VIN. */
export type PrepareAnalysis = (request: AnalyzeRootCausesRequest) => Promise<AnalyzeRootCausesRequest>

/**
 * Checks what can be checked before the work begins, and makes a request fit to be kept with its job.
 *
 * @throws FB_NO_SUBJECT, FB_NOT_FOUND (issue), FB_INVALID (asOf in the future)
 */
export const createPrepareAnalysis = (dependencies: PrepareAnalysisDependencies): PrepareAnalysis =>
  async request => {
    frameOf(request.asOf, dependencies.now(), null)
    const subject = await withoutPerson(request.subject, dependencies)
    await resolveSubject(subject, dependencies)
    return { ...request, subject }
  }

const withoutPerson = async (subject: AnalysisSubject, { redact, vehicleOfVin }: PrepareAnalysisDependencies): Promise<AnalysisSubject> => {
  if (!('text' in subject)) return subject
  const { text, vehicle: { vin, ...named } = {} } = subject
  const known = vin === undefined ? null : await vehicleOfVin(vin)
  const vehicle = { ...(known?.model && { model: known.model }), ...(known?.modelYear && { modelYear: known.modelYear }), ...named }
  return { text: redact(text), ...(Object.keys(vehicle).length > 0 && { vehicle }) }
}
