import { expect, it } from 'vitest'
import type { DuplicateEdge } from '../../src/graph/ports/duplicates.ts'
import type { FeedbackRecord, StoredFeedback } from '../../src/domain/feedback-record.ts'
import { createShowRelations } from '../../src/workflow/show-relations.ts'
import { triage, useTestApp } from './app-double.ts'

const open = useTestApp()

const edge = (from: string, to: string, given: Partial<DuplicateEdge> = {}): DuplicateEdge => ({
  from, to, type: 'same-issue', score: 0.9, reason: 'same car, same component', reasonZh: '同一辆车，同一部件', method: 'same-class', at: '2023-01-09T06:13:00.000Z', by: 'fishbone', was: null, ...given,
})
const record = (feedbackId: string): StoredFeedback => ({
  feedbackId, channel: 'hotline', sourceId: feedbackId, text: triage.text, language: 'zh', occurredAt: '2023-01-09T06:12:44.000Z', receivedAt: '2023-01-09T06:12:44.000Z', vehicleId: 'veh_1', make: null,
  model: 'ES8', modelYear: null, odometerKm: null, region: null, rating: null, crash: null, fire: null, injuries: null, sos: null, responded: null, respondedAt: null, snapshotId: null, vinInvalid: null,
  dataQuality: null, issueId: 'ISS-1', triage, triagedAt: '2023-01-09T06:13:00.000Z', corrections: [],
})

/** Three reports of one car; the pairs that people parted are kept as the store keeps them. */
const openRelations = async () => {
  let edges = [edge('F-2', 'F-1'), edge('F-3', 'F-1', { type: 'similar', score: 0.7, reason: 'alike', reasonZh: '相似' })]
  const isPair = (one: DuplicateEdge, a: string, b: string) => (one.from === a && one.to === b) || (one.from === b && one.to === a)
  const relations = createShowRelations({
    storedFeedback: id => Promise.resolve(['F-1', 'F-2', 'F-3'].includes(id) ? record(id) : null),
    edgesOf: ids => Promise.resolve(edges.filter(one => ids.includes(one.from) || ids.includes(one.to))),
    tellCorrections: told => told,
    partReports: {
      undo: ({ feedbackId, otherId, reason, by }) => {
        edges = edges.map(one => (isPair(one, feedbackId, otherId) ? { ...one, type: 'distinct', was: 'same-issue', method: 'person', reason, reasonZh: reason, by } : one))
        return Promise.resolve({ was: 'same-issue' as const })
      },
      redo: ({ feedbackId, otherId }) => {
        edges = edges.map(one => (isPair(one, feedbackId, otherId) ? edge('F-2', 'F-1') : one))
        return Promise.resolve({ forgotten: true })
      },
    },
  })
  return open({ relations, readFeedback: relations.readFeedback })
}

it('tells the relations of now, also of a report whose triage is older than they', async () => {
  const { call } = await openRelations()
  const seen = (await call('GET', '/v1/feedback/F-1', { role: 'reader' })).json<FeedbackRecord>()
  expect(seen.triage?.duplicates).toEqual([
    { feedbackId: 'F-2', relation: 'same-issue', score: 0.9, reason: '同一辆车，同一部件' },
    { feedbackId: 'F-3', relation: 'similar', score: 0.7, reason: '相似' },
  ])
  expect((await call('GET', '/v1/feedback/F-1/duplicates', { role: 'reader' })).json()).toMatchObject({ feedbackId: 'F-1', relations: [{ feedbackId: 'F-2', by: 'fishbone' }, { feedbackId: 'F-3' }] })
  expect((await call('GET', '/v1/feedback/F-9/duplicates')).json()).toMatchObject({ status: 404, code: 'FB_NOT_FOUND' })
})

it('lets engineers part two and join them again, with a reason, and logs it', async () => {
  const { call, audited } = await openRelations()
  const url = '/v1/feedback/F-1/duplicates/F-2'
  expect((await call('POST', `${url}/undo`, { payload: { reason: 'another symptom' }, role: 'contributor' })).statusCode).toBe(403)
  expect((await call('POST', `${url}/undo`, { payload: {} })).json()).toMatchObject({ status: 422, errors: [{ pointer: '/reason' }] })
  const parted = (await call('POST', `${url}/undo`, { payload: { reason: 'another symptom' } })).json<{ relations: object[] }>()
  expect(parted.relations.at(-1)).toMatchObject({ feedbackId: 'F-2', relation: 'distinct', was: 'same-issue', reason: 'another symptom', by: expect.stringMatching(/^key_/) as string })
  expect((await call('GET', '/v1/feedback/F-1')).json<FeedbackRecord>().triage?.duplicates.map(link => link.feedbackId)).toEqual(['F-3'])
  expect((await call('POST', `${url}/redo`)).json<{ relations: object[] }>().relations[0]).toMatchObject({ feedbackId: 'F-2', relation: 'same-issue' })
  expect((await call('POST', '/v1/feedback/F-1/duplicates/F-1/redo')).statusCode).toBe(422)
  expect(audited).toEqual(['duplicate.undone', 'duplicate.redone'].map(action => ({ action, subject: 'F-1', detail: { otherId: 'F-2' } })))
})
