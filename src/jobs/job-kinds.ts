import { z } from 'zod'
import { ScanRequest } from '../domain/early-warning-scan.ts'
import { InstantOrDay } from '../domain/instant.ts'
import { AnalyzeRootCausesRequest } from '../domain/root-cause-analysis.ts'
import { RunImportRequest } from '../workflow/run-import.ts'
import { defineJobKind } from './job-kind.ts'

/** Files that were sent; a database that is away for a while is waited for. */
export const importJob = defineJobKind({ kind: 'import', request: RunImportRequest, attempts: 20, backoffMs: 2_000 })

export const analysisJob = defineJobKind({ kind: 'root-cause-analysis', request: AnalyzeRootCausesRequest, attempts: 4, backoffMs: 2_000 })

export const scanJob = defineJobKind({ kind: 'early-warning-scan', request: ScanRequest, attempts: 4, backoffMs: 2_000 })

export const suggestionsJob = defineJobKind({
  kind: 'suggestions',
  request: z.strictObject({
    issueId: z.string().min(1).max(200),
    asOf: InstantOrDay.optional(),
    language: z.enum(['en', 'zh']).optional(),
    wording: z.enum(['template', 'model']).optional(),
  }),
  attempts: 3,
  backoffMs: 2_000,
})
