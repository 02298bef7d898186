import { describe, expect, it } from 'vitest'
import { createChangeIssues } from '../../../src/workflow/issues/change-issues.ts'
import { pathsWithin } from '../../../src/workflow/issues/issue-evidence.ts'
import { createMergeIssues } from '../../../src/workflow/issues/merge-issues.ts'
import { createSplitIssues } from '../../../src/workflow/issues/split-issues.ts'
import { createWatchClocks } from '../../../src/workflow/issues/watch-clocks.ts'
import { timelineOf } from '../../../src/workflow/issues/issue-timeline.ts'
import { anIssue, aReport, at, createMemoryIssues } from './memory-issue-store.ts'

const now = () => new Date(at)
const open = (memory: ReturnType<typeof createMemoryIssues>) => ({
  ...createChangeIssues({ store: memory.store, now }), ...createMergeIssues({ store: memory.store, now }),
  split: createSplitIssues({ store: memory.store, now, newId: () => 'split', dueOf: receivedAt => ({ firstResponseAt: `${receivedAt}+24h`, resolutionAt: `${receivedAt}+48h` }) }),
})
const by = 'key_1'

describe('steps of an issue', () => {
  it('keeps who and when, meets the first response and the resolution, and tells of each', async () => {
    const memory = createMemoryIssues([anIssue('A')])
    const { transition } = open(memory)
    await transition('A', { to: 'triaged', note: null, by })
    await transition('A', { to: 'contained', note: null, by })
    expect(memory.issue('A')).toMatchObject({ state: 'contained', firstResponseAt: at, resolvedAt: at, clocks: 'over' })
    expect(memory.changes().map(change => [change.from, change.to, change.by, change.at])).toEqual([['new', 'triaged', by, at], ['triaged', 'contained', by, at]])
    expect(memory.events()).toEqual(['issue.updated A', 'issue.updated A'])
  })
  it('opens the resolution again when containment did not hold', async () => {
    const memory = createMemoryIssues([anIssue('A', { state: 'contained', firstResponseAt: at, resolvedAt: at, clocks: 'over' })])
    await open(memory).transition('A', { to: 'triaged', note: 'leaks again', by })
    expect(memory.issue('A')).toMatchObject({ resolvedAt: null, clocks: 'open', firstResponseAt: at })
  })
  it('refuses an impossible step with 409, a missing note with 422, a missing issue with 404', async () => {
    const { transition } = open(createMemoryIssues([anIssue('A')]))
    await expect(transition('A', { to: 'closed', note: null, by })).rejects.toMatchObject({ code: 'FB_CONFLICT' })
    await expect(transition('A', { to: 'rejected', note: null, by })).rejects.toMatchObject({ code: 'FB_INVALID' })
    await expect(transition('B', { to: 'triaged', note: null, by })).rejects.toMatchObject({ code: 'FB_NOT_FOUND' })
  })
  it('records an edit field by field and tells of nothing where nothing changed', async () => {
    const memory = createMemoryIssues([anIssue('A', { owner: 'li' })])
    await open(memory).edit('A', { owner: 'li', by })
    expect([memory.changes(), memory.events()]).toEqual([[], []])
    await open(memory).edit('A', { owner: 'wang', department: 'power-management', note: 'call the plant', by })
    expect(memory.issue('A')).toMatchObject({ owner: 'wang', departmentBy: by })
    expect(memory.changes().map(change => change.kind)).toEqual(['edit', 'edit', 'note'])
  })
})

describe('merging and splitting', () => {
  const two = () => createMemoryIssues(
    [anIssue('A', { severity: 9, hazards: ['fire'], firstResponseDueAt: '2023-01-09T12:00:00.000Z' }), anIssue('B', { severity: 4 })],
    { A: [aReport('a1', { severity: 9, hazards: ['fire'] }), aReport('a2')], B: [aReport('b1', { severity: 4 })] },
  )
  it('moves the feedback, takes over severity and the earlier clock, and gives all back exactly', async () => {
    const memory = two()
    const before = [memory.issue('A'), memory.issue('B')].map(({ revision: _revision, ...issue }) => issue)
    const { merge, unmerge } = open(memory)
    await merge('A', { into: 'B', reason: 'same plug', by })
    expect([memory.issue('A').state, memory.idsIn('A'), memory.idsIn('B')]).toEqual(['merged', [], ['a1', 'a2', 'b1']])
    expect(memory.issue('B')).toMatchObject({ severity: 9, hazards: ['fire'], firstResponseDueAt: '2023-01-09T12:00:00.000Z' })
    await unmerge('A', { reason: null, by })
    expect([memory.idsIn('A'), memory.idsIn('B')]).toEqual([['a1', 'a2'], ['b1']])
    expect([memory.issue('A'), memory.issue('B')].map(({ revision: _revision, ...issue }) => issue)).toEqual(before)
    expect(memory.held('A').map(one => one.path)).toEqual([[], []])
  })
  it('takes later arrivals of the class home, over two merges in a row', async () => {
    const memory = createMemoryIssues([anIssue('A'), anIssue('B'), anIssue('C')], { A: [aReport('a')], B: [aReport('b')], C: [aReport('c')] })
    const { merge, unmerge } = open(memory)
    await merge('A', { into: 'B', reason: 'r', by })
    await merge('B', { into: 'C', reason: 'r', by })
    memory.arrive('C', aReport('late', { path: ['A', 'B'] }))
    await unmerge('B', { reason: null, by })
    expect([memory.idsIn('B'), memory.idsIn('C')]).toEqual([['a', 'b', 'late'], ['c']])
    await unmerge('A', { reason: null, by })
    expect([memory.idsIn('A'), memory.idsIn('B')]).toEqual([['a', 'late'], ['b']])
  })
  it('refuses a merge into itself, into one that is over, and an unmerge of what was not merged', async () => {
    const memory = createMemoryIssues([anIssue('A'), anIssue('B', { state: 'closed' })], { A: [aReport('a')] })
    const { merge, unmerge } = open(memory)
    await expect(merge('A', { into: 'A', reason: 'r', by })).rejects.toMatchObject({ code: 'FB_CONFLICT' })
    await expect(merge('A', { into: 'B', reason: 'r', by })).rejects.toMatchObject({ code: 'FB_CONFLICT' })
    await expect(unmerge('A', { reason: null, by })).rejects.toMatchObject({ code: 'FB_CONFLICT' })
    expect(memory.idsIn('A')).toEqual(['a'])
  })
  it('splits feedback off with clocks of its own and takes the split back', async () => {
    const memory = createMemoryIssues([anIssue('A', { severity: 9 })], { A: [aReport('a1', { path: ['Z'], severity: 9, symptom: 'smoke', receivedAt: '2023-01-09T09:00:00.000Z' }), aReport('a2', { severity: 3 })] })
    const { split, unmerge } = open(memory)
    expect(await split('A', { feedbackIds: ['a1'], reason: 'another plug', by })).toBe('ISS-split')
    expect(memory.issue('ISS-split')).toMatchObject({ state: 'new', severity: 9, symptom: 'smoke', model: 'ES8', firstResponseDueAt: '2023-01-09T09:00:00.000Z+24h', splitFrom: 'A' })
    expect(memory.issue('A').severity).toBe(3)
    await unmerge('ISS-split', { reason: null, by })
    expect([memory.idsIn('A'), memory.idsIn('ISS-split'), memory.issue('A').severity]).toEqual([['a1', 'a2'], [], 9])
    expect(memory.held('A').find(one => one.feedbackId === 'a1')?.path).toEqual(['Z'])
  })
  it('leaves at least one feedback, and takes none of another issue', async () => {
    const { split } = open(createMemoryIssues([anIssue('A')], { A: [aReport('a1')] }))
    await expect(split('A', { feedbackIds: ['a1'], reason: 'r', by })).rejects.toMatchObject({ code: 'FB_INVALID' })
    await expect(split('A', { feedbackIds: ['x'], reason: 'r', by })).rejects.toMatchObject({ code: 'FB_INVALID' })
  })
})

describe('clocks', () => {
  // Three quarters of 24 h are over when less than 6 h are left; of 48 h when less than 12 are left.
  const rules = { firstResponseHours: 24, resolutionHours: 48, atRiskShare: 0.75, calendar: null }
  it('raises each event once, whoever looks and however often', async () => {
    const memory = createMemoryIssues([anIssue('A', { firstResponseDueAt: '2023-01-10T05:00:00.000Z' }), anIssue('B', { firstResponseDueAt: '2023-01-09T23:00:00.000Z', resolutionDueAt: '2023-01-09T23:30:00.000Z' })])
    const watch = () => createWatchClocks({ store: memory.store, rules, now })()
    await watch()
    await watch()
    expect(memory.events()).toEqual(['sla.at-risk A first-response', 'sla.breached B first-response', 'sla.breached B resolution'])
    expect(memory.issue('B').clocks).toBe('over')
  })
  it('meets the first response with the instant of an answer', async () => {
    const memory = createMemoryIssues([anIssue('A', { firstResponseDueAt: '2023-01-09T23:00:00.000Z' })])
    memory.answer('A', '2023-01-09T08:00:00.000Z')
    await createWatchClocks({ store: memory.store, rules, now })()
    expect([memory.issue('A').firstResponseAt, memory.events()]).toEqual(['2023-01-09T08:00:00.000Z', []])
  })
})

it('tells what happened in its order, with the other issue of a merge', () => {
  const history = { changes: [{ at: '3', by, kind: 'merge' as const, from: 'new', to: 'B', note: 'same' }], analyses: [], alerts: [], decisions: [] }
  expect(timelineOf({ openedAt: '1' }, history, [{ feedbackId: 'f', receivedAt: '2' }]).map(entry => [entry.kind, entry.subject])).toEqual([['opened', null], ['feedback', 'f'], ['merge', 'B']])
})

it('shows no more nodes than may be shown, whole paths only', () => {
  const node = (id: string) => ({ id, labels: ['Feedback'], caption: null })
  const paths = [['i', 'a'], ['i', 'b', 'c'], ['i', 'd']].map(ids => ({ nodes: ids.map(node), relationships: [] }))
  expect(pathsWithin(paths, 4)).toHaveLength(2)
  expect(pathsWithin(paths, 3)).toHaveLength(1)
})
