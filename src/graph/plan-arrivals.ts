import { duplicateQueries } from './duplicates/duplicate-queries.ts'
import type { GraphClient, Query } from './ports.ts'
import { eventPartQueries, lockEvents, readHashes, writeEventRows } from './records/event-queries.ts'
import { sharedQueries } from './records/shared-queries.ts'
import { readCaseDetails, readCaseWatermark } from './retrieval/case-queries.ts'
import { triageContextQueries } from './triage/triage-context-queries.ts'
import { recordEvent } from './webhooks/record-events.ts'
import { claimIdempotencyKey, finishIdempotencyKey } from './workflow/idempotency-queries.ts'
import { findIssues, holdGroups, lockIssueClass, raiseIssues } from './workflow/issue-queries.ts'
import { readArrived, readStoredTriage, readVehicleModel, storeTriages } from './workflow/triage-queries.ts'
import type { z } from 'zod'

/** What one report from outside runs, in about the order it does. */
const onTheWay: readonly Query<z.ZodType, z.ZodType>[] = [
  claimIdempotencyKey, readVehicleModel, readHashes.feedback, lockEvents.feedback, sharedQueries.lockVehicles, writeEventRows.feedback,
  eventPartQueries.writeFindings, readArrived, readStoredTriage, triageContextQueries.surroundings, readCaseWatermark, readCaseDetails,
  duplicateQueries.readTextsOfWeek, duplicateQueries.readTextsSince, duplicateQueries.findByBands, duplicateQueries.findNearest, duplicateQueries.readCandidates,
  duplicateQueries.readReportsOfVehicles, duplicateQueries.holdReports, duplicateQueries.readEdges, duplicateQueries.writeEdges, duplicateQueries.saveVectors,
  lockIssueClass, holdGroups, findIssues, raiseIssues, storeTriages, recordEvent, finishIdempotencyKey,
]

/**
 * Has the database plan what an arriving report runs, without running it. A database that has just started takes up to a second for each, and the first
 * report would wait for all of them in a row. One that has the plans already answers at once.
 *
 * @param isOver asked before each statement.
 * @throws FB_GRAPH_UNAVAILABLE
 */
export async function planArrivals(client: Pick<GraphClient, 'all'>, isOver: () => boolean = () => false): Promise<void> {
  for (const query of onTheWay) {
    if (isOver()) return
    await client.all({ ...query, cypher: `EXPLAIN ${query.cypher}` }, query.sample)
  }
}
