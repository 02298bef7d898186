import { expect, test } from 'vitest'
import { issueIdOf } from '../../src/domain/issue.ts'
import { createIssueBook, isGraver, type FoundIssues } from '../../src/domain/issue-book.ts'

const nothing: FoundIssues = { raisedId: null, raisedSeverity: null, raisedHazards: [], members: [], ofGroup: [], ofClass: [], issuesOfClass: 0 }
const on = (day: number): string => new Date(Date.UTC(2024, 0, day)).toISOString()
const report = (feedbackId: string, day: number, classId = 'c') => ({ feedbackId, classId, receivedAt: on(day) })

test('the first of a class opens an issue, the next within thirty days of its last activity joins it', () => {
  const book = createIssueBook()
  expect(book.choose(report('a', 1), nothing)).toEqual({ issueId: issueIdOf('c', 0), how: 'opened', path: [] })
  expect(book.choose(report('b', 30), nothing)).toEqual({ issueId: issueIdOf('c', 0), how: 'of-class', path: [] })
  // 30 days after the second, 59 after the first; then a gap of 31 days.
  expect(book.choose(report('c', 60), nothing).how).toBe('of-class')
  expect(book.choose(report('d', 91), nothing)).toEqual({ issueId: issueIdOf('c', 1), how: 'opened', path: [] })
  expect(book.choose(report('e', 1, 'other'), nothing).issueId).toBe(issueIdOf('other', 0))
})

test('an issue that is there counts with the activity it got here', () => {
  const book = createIssueBook()
  const found = { ...nothing, issuesOfClass: 2, ofClass: [{ id: 'ISS-1', openedAt: on(1), lastActivityAt: on(1), via: [] }] }
  expect(book.choose(report('a', 31), found)).toMatchObject({ issueId: 'ISS-1', how: 'of-class' })
  expect(book.choose(report('b', 61), found)).toMatchObject({ issueId: 'ISS-1', how: 'of-class' })
  expect(book.choose(report('c', 92), found)).toEqual({ issueId: issueIdOf('c', 2), how: 'opened', path: [] })
})

test('an issue of the class itself comes before one it was merged into, then the most recent', () => {
  const merged = { id: 'ISS-0', openedAt: on(1), lastActivityAt: on(9), via: ['ISS-x'] }
  const older = { id: 'ISS-1', openedAt: on(1), lastActivityAt: on(2), via: [] }
  const newer = { id: 'ISS-2', openedAt: on(1), lastActivityAt: on(3), via: [] }
  expect(createIssueBook().choose(report('a', 5), { ...nothing, ofClass: [merged, older, newer] }).issueId).toBe('ISS-2')
  expect(createIssueBook().choose(report('a', 5), { ...nothing, ofClass: [merged] })).toEqual({ issueId: 'ISS-0', how: 'of-class', path: ['ISS-x'] })
})

test('the issue of the group comes first, also one that a member joined just before', () => {
  const book = createIssueBook()
  book.choose(report('a', 1), nothing)
  expect(book.choose(report('b', 2, 'other'), { ...nothing, members: ['a'] })).toEqual({ issueId: issueIdOf('c', 0), how: 'of-group', path: [] })
  const found = { ...nothing, ofGroup: [{ id: 'ISS-9', lastActivityAt: on(1) }, { id: 'ISS-8', lastActivityAt: on(2) }] }
  expect(book.choose(report('d', 3), found).issueId).toBe('ISS-8')
})

test('feedback keeps the issue it raised, before or here', () => {
  const book = createIssueBook()
  expect(book.choose(report('a', 1), { ...nothing, raisedId: 'ISS-7' })).toEqual({ issueId: 'ISS-7', how: 'kept', path: [] })
  // Kept, it may be closed: a report of the group does not follow it there.
  expect(book.choose(report('b', 1), { ...nothing, members: ['a'] }).how).toBe('opened')
  expect(book.choose(report('b', 1), nothing)).toEqual({ issueId: issueIdOf('c', 0), how: 'kept', path: [] })
})

test('a report that was set right is graver by its severity or by a hazard the issue does not know, never by less', () => {
  const issue = { raisedSeverity: 6, raisedHazards: ['fire'] }
  expect(isGraver({ severity: 9, hazards: ['fire'] }, issue)).toBe(true)
  expect(isGraver({ severity: 5, hazards: ['loss-of-braking'] }, issue)).toBe(true)
  expect(isGraver({ severity: 6, hazards: ['fire'] }, issue)).toBe(false)
  expect(isGraver({ severity: null, hazards: [] }, issue)).toBe(false)
  expect(isGraver({ severity: 1, hazards: [] }, { raisedSeverity: null, raisedHazards: [] })).toBe(true)
})
