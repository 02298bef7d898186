import { createLagWeight } from '../analysis/exposure.ts'
import { judgeAction } from '../analysis/efficacy/judge-action.ts'
import type { Report } from '../analysis/class-events.ts'
import type { Population } from '../analysis/level-expectations.ts'
import { toMinute, type Projection } from '../analysis/projection.ts'
import type { ActionEfficacy, ActionRecurrence, ActionTypeRecord } from '../domain/action-efficacy.ts'
import type { CaseAction } from '../domain/case.ts'
import { FishboneError } from '../domain/error.ts'
import { nodeId } from '../domain/identifiers.ts'
import type { ActionQuestion, ActionRecord, ActionStore } from '../graph/ports/actions.ts'
import type { FleetStore } from '../graph/ports/fleet.ts'
import type { RootCauseStore } from '../graph/ports/root-causes.ts'
import { planTreatment } from './action-scope.ts'
import { efficacyReply, withoutNumbers } from './action-efficacy-reply.ts'
import { recordOfType } from './action-type-record.ts'
import type { FleetProjection } from './fleet-projection.ts'
import { frameOf, type AnalysisFrame } from './root-causes/analysis-frame.ts'
import { toReports } from './root-causes/class-events-counted.ts'
import { delayCdf } from './root-causes/delay-cdf.ts'
import { expandClass, type SubjectVocabulary } from './root-causes/subject-class.ts'

export type ActionEfficacyDependencies = {
  actionStore: ActionStore
  fleetProjection: Pick<FleetProjection, 'current' | 'asKnown'>
  fleetStore: Pick<FleetStore, 'classReports'>
  store: Pick<RootCauseStore, 'newestReceipt'>
  vocabulary: SubjectVocabulary
  now: () => Date
}

export type EfficacyControl = { asOf?: string | undefined; signal?: AbortSignal | undefined }
export type ActionFilter = { actionId?: string | undefined; caseId?: string | undefined; actionType?: CaseAction['actionType'] | undefined }

/** What an action is judged against; the reports of a class are read once for all actions of it. */
type Judging = { frame: AnalysisFrame; projection: Projection; readReports: (action: ActionRecord) => Promise<{ reports: Report[]; components: string[] } | null> }

/** Judges the actions of past cases by what their cars did before and after. */
export const createActionEfficacy = (dependencies: ActionEfficacyDependencies) => {
  const { actionStore, store, now } = dependencies

  const judgeAll = async (filter: ActionFilter, { asOf, signal }: EfficacyControl): Promise<ActionEfficacy[]> => {
    const frame = frameOf(asOf, now(), await store.newestReceipt())
    const actions = await actionStore.actions(questionOf(filter, frame))
    if (actions.length === 0) return []
    const judging = await openJudging(dependencies, frame, signal)
    const judged: ActionEfficacy[] = []
    for (const action of actions) {
      signal?.throwIfAborted()
      judged.push(await judgeOne(judging, action))
    }
    return judged
  }

  return {
    /** Every action asked for, in order of their days. @throws FB_INVALID for an asOf in the future. */
    actionEfficacies: (filter: ActionFilter = {}, control: EfficacyControl = {}) => judgeAll(filter, control),

    /** @throws FB_NOT_FOUND where there is no such action by `asOf`; FB_INVALID for an asOf in the future. */
    async actionEfficacy(actionId: string, control: EfficacyControl = {}): Promise<ActionEfficacy> {
      const [judged] = await judgeAll({ actionId }, control)
      if (judged === undefined) throw new FishboneError('FB_NOT_FOUND', `there is no action ${actionId}`, { details: { actionId } })
      return judged
    },

    /** Watches every action and keeps those whose cars fail again, each once. @returns the ones found by this call. */
    async watchRecurrences(control: EfficacyControl = {}): Promise<ActionRecurrence[]> {
      const foundAt = now().toISOString()
      const recurred = (await judgeAll({}, control)).flatMap(judged => recurrenceOf(judged, foundAt))
      return recurred.length === 0 ? [] : actionStore.keepRecurrences(recurred)
    },

    /** How actions of one type, or of each type that was used, have fared. */
    async actionTypeRecord(actionType?: CaseAction['actionType'], control: EfficacyControl = {}): Promise<ActionTypeRecord[]> {
      const judged = await judgeAll({ actionType }, control)
      const types = actionType ? [actionType] : [...new Set(judged.map(one => one.actionType))].sort()
      return types.map(type => recordOfType(type, judged.filter(one => one.actionType === type)))
    },
  }
}

export type ActionEfficacyService = ReturnType<typeof createActionEfficacy>

const questionOf = ({ actionId, caseId, actionType }: ActionFilter, frame: AnalysisFrame): ActionQuestion => ({
  actionId: actionId ?? null, caseId: caseId ?? null, actionType: actionType ?? null, knownUntil: frame.knownUntil,
})

const openJudging = async ({ fleetProjection, fleetStore, vocabulary }: ActionEfficacyDependencies, frame: AnalysisFrame, signal?: AbortSignal): Promise<Judging> => {
  const current = await fleetProjection.current({ signal })
  const projection = frame.historyAsOf === null ? current.projection : await fleetProjection.asKnown(frame.historyAsOf, { signal })
  const kept = new Map<string, Promise<Report[]>>()
  return {
    frame,
    projection,
    async readReports(action) {
      const components = [...new Set(action.components.flatMap(component => expandClass({ component, symptom: null }, vocabulary).components ?? []))].sort()
      const symptoms = [...new Set(action.symptoms.flatMap(symptom => expandClass({ component: null, symptom }, vocabulary).symptoms ?? []))].sort()
      if (components.length + symptoms.length === 0) return null
      const question = { components: components.length > 0 ? components : null, symptoms: symptoms.length > 0 ? symptoms : null, asOf: frame.knownUntil }
      const key = JSON.stringify(question)
      const reports = kept.get(key) ?? fleetStore.classReports(question).then(found => toReports(found, projection).reports)
      kept.set(key, reports)
      return { reports: await reports, components }
    },
  }
}

const judgeOne = async ({ frame, projection, readReports }: Judging, action: ActionRecord): Promise<ActionEfficacy> => {
  const answer = { action, asOf: frame.asOf }
  if (action.effectiveFrom === null) return withoutNumbers(answer, 'no-effective-date')
  const found = await readReports(action)
  if (found === null) return withoutNumbers(answer, 'no-class')
  const plan = planTreatment(action, found.components)
  if ('reason' in plan) return withoutNumbers(answer, plan.reason)
  const lag = createLagWeight(frame.cutOff, delayCdf(found.reports, frame.cutOff))
  const population: Population = { projection, mask: new Uint8Array(projection.ids.length).fill(1), cutOff: frame.cutOff, lag }
  const judged = judgeAction({ population, reports: found.reports, ...plan, effectiveFrom: toMinute(action.effectiveFrom, 0) })
  return 'reason' in judged ? withoutNumbers({ ...answer, rule: plan.rule }, judged.reason) : efficacyReply({ ...answer, rule: plan.rule, judged, projection })
}

const recurrenceOf = ({ actionId, caseId, actionType, recurrence }: ActionEfficacy, foundAt: string): ActionRecurrence[] => {
  if (recurrence?.state !== 'recurred' || recurrence.alarmAt === null) return []
  const { alarmAt, observed, expected, llr, threshold } = recurrence
  return [{ recurrenceId: nodeId('ActionRecurrence', actionId), actionId, caseId, actionType, alarmAt, observed, expected, llr, threshold, foundAt }]
}
