import { randomUUID } from 'node:crypto'
import { createAudit } from '../api/audit.ts'
import type { ApiServices } from '../api/build-app.ts'
import { memo } from '../memo.ts'
import type { createAnalysisParts } from './analysis.ts'
import type { createArrivalParts } from './arrival.ts'
import type { createBackgroundParts } from './background.ts'
import type { DuplicateParts } from './duplicates.ts'
import type { Foundation } from './foundation.ts'
import type { IssueParts } from './issues.ts'
import { healthOf } from './health.ts'
import type { createSuggestionParts } from './suggestions.ts'
import type { createUnderstandingParts } from './understanding.ts'
import type { createWorkParts } from './work.ts'

export type ApiParts = {
  understanding: ReturnType<typeof createUnderstandingParts>
  duplicates: DuplicateParts
  arrival: ReturnType<typeof createArrivalParts>
  analysis: ReturnType<typeof createAnalysisParts>
  suggesting: ReturnType<typeof createSuggestionParts>
  background: ReturnType<typeof createBackgroundParts>
  work: ReturnType<typeof createWorkParts>
  issueParts: IssueParts
}

/** Every service behind the HTTP API. */
export const createApiParts = (foundation: Foundation, { understanding, duplicates, arrival, analysis, suggesting, background, work, issueParts }: ApiParts) => {
  const { config, logger, now, graph, embedder, giveWay } = foundation
  return memo(async (): Promise<ApiServices> => {
    const [{ acceptFeedback }, takeRecords, searchCases, idempotencyStore, queue, jobs, auditStore, model, client, caseConfirmations, rootCauses, earlyWarning, decisions, respond, readDossier] = await Promise.all([
      arrival.workflow(), arrival.takeRecords(), understanding.searchCases(), background.idempotencyStore(), background.queue(), work.jobs(), work.auditStore(), embedder(), graph(),
      understanding.caseConfirmations(), analysis.rootCauses(), analysis.earlyWarning(), suggesting.decisions(), understanding.respond(), understanding.readDossier(),
    ])
    const [issues, issueChanges, webhooks, meetFirstResponse, readClosedLoop, erase, answerSeal, relations, { redactor }] = await Promise.all([
      issueParts.issues(), issueParts.issueChanges(), issueParts.webhooks(), issueParts.meetFirstResponse(), issueParts.readClosedLoop(), issueParts.erase(), issueParts.secretSeal(), duplicates.relations(), foundation.privacy(),
    ])
    /** What people write beside a decision is kept without phone numbers, names and VINs. */
    const redact = (text: string): string => redactor.redact(text).text
    // Beside listening: a search that comes earlier waits for it, nothing else does.
    searchCases.warmUp().catch((error: unknown) => logger.warn({ err: error }, 'past cases are not loaded yet: the first search does it'))
    return {
      acceptFeedback,
      takeRecords,
      searchCases,
      caseConfirmations,
      prepareAnalysis: rootCauses.prepareAnalysis,
      readAnalysis: rootCauses.readAnalysis,
      readFailureRate: rootCauses.readFailureRate,
      checkScan: earlyWarning.checkScan,
      alerts: earlyWarning.alerts,
      decideAlert: (alertId, decision) => earlyWarning.decideAlert(alertId, { ...decision, reason: redact(decision.reason) }),
      earlyWarningPerformance: earlyWarning.performance,
      decideSuggestion: (suggestionId, { reason, edited, ...decision }, control) =>
        decisions.decideSuggestion(suggestionId, { ...decision, ...(reason !== undefined && { reason: redact(reason) }), ...(edited !== undefined && { edited: redact(edited) }) }, control),
      draft8d: decisions.draft8d,
      actionScope: decisions.actionScope,
      efficacy: decisions.suggestedEfficacy,
      exportInstructionTuning: decisions.exportInstructionTuning,
      respond: async answer => {
        const response = await respond(answer)
        if (answer.responded) await meetFirstResponse([answer.feedbackId])
        return response
      },
      issues,
      issueChanges,
      webhooks,
      readClosedLoop,
      erase,
      readDossier,
      readFeedback: relations.readFeedback,
      relations: { ...relations, part: pair => relations.part({ ...pair, reason: redact(pair.reason) }) },
      auditTrail: auditStore,
      readSuggestions: async issueId => (await suggesting.suggestions()).readSuggestions(issueId),
      checkSuggestions: async ({ issueId, asOf }) => void (await rootCauses.prepareAnalysis({ subject: { issueId }, asOf })),
      jobCounts: () => jobs.counts(),
      idempotencyStore,
      answerSeal,
      jobs,
      spool: work.spool,
      rejectsPath: work.rejectsPath,
      newId: () => `JOB-${randomUUID()}`,
      giveWay,
      audit: createAudit({ store: auditStore, now }),
      followUp: () => background.followUp().catch((error: unknown) => (logger.warn({ err: error }, 'the job was not queued; the next sweep does it'), [])),
      health: async () => healthOf({ config, client, jobs: queue, model, languageModel: await foundation.modelGateway() }),
    }
  })
}
