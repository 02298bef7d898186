import { describe, expect, it } from 'vitest'
import type { CaseRecord } from '../../src/domain/case-record.ts'
import type { ConfirmationStore, NewConfirmation } from '../../src/graph/ports/confirmation-store.ts'
import { createCaseConfirmations } from '../../src/retrieval/confirm-cases.ts'

const closed: CaseRecord = {
  caseId: '8D-1', kind: '8d', title: 'Charging stops', dates: { openedAt: '2021-05-02', closedAt: '2021-08-30', receivedAt: '2021-08-30T10:00:00.000Z' },
  language: 'en', symptom: null, failureMode: null, failureEffect: null, rootCause: null, escapePoint: null, components: [], symptoms: [],
  dtcs: [], affected: [], containment: [], corrective: [], verification: null, confirmed: [],
}

const open = (found: Partial<{ confirmed: boolean; withdrawn: boolean; record: CaseRecord | null }> = {}) => {
  const asked: { entries: NewConfirmation[]; reads: [string, string | null][] } = { entries: [], reads: [] }
  const store: ConfirmationStore = {
    confirm: entry => (asked.entries.push(entry), Promise.resolve(found.confirmed === false ? null : { caseId: entry.caseId, feedbackId: entry.feedbackId, confirmedAt: entry.at, confirmedBy: entry.by })),
    withdraw: entry => (asked.entries.push(entry), Promise.resolve(found.withdrawn !== false)),
    caseRecord: (caseId, asOf) => (asked.reads.push([caseId, asOf]), Promise.resolve(found.record === undefined ? closed : found.record)),
  }
  const changes = { told: 0 }
  return { asked, changes, ...createCaseConfirmations({ store, now: () => new Date('2022-01-01T00:00:00Z'), onChange: () => void changes.told++ }) }
}

describe('confirmations', () => {
  it('tells who and when', async () => {
    expect(await open().confirmCase('8D-1', 'app:F-1', { by: 'li' })).toEqual({
      caseId: '8D-1', feedbackId: 'app:F-1', confirmedAt: '2022-01-01T00:00:00.000Z', confirmedBy: 'li',
    })
  })

  it('takes a key as the source spells it and an id as the API shows it', async () => {
    const { asked, confirmCase } = open()
    const shown = 'h_0123456789abcdef0123456789abcdef'
    await confirmCase('8D 2021 / 044', shown, { by: null })
    expect(asked.entries[0]?.caseId).toMatch(/^h_[0-9a-f]{32}$/)
    expect(asked.entries[0]?.feedbackId).toBe(shown)
  })

  it('refuses what is not there', async () => {
    await expect(open({ confirmed: false }).confirmCase('8D-1', 'app:F-1', { by: null })).rejects.toMatchObject({ code: 'FB_NOT_FOUND' })
    await expect(open({ withdrawn: false }).unconfirmCase('8D-1', 'app:F-1', { by: null })).rejects.toMatchObject({ code: 'FB_NOT_FOUND' })
    await expect(open({ record: null }).readCase('8D-1')).rejects.toMatchObject({ code: 'FB_NOT_FOUND' })
  })

  it('tells the search of every change, and of nothing that did not happen', async () => {
    const { changes, confirmCase, unconfirmCase } = open()
    await confirmCase('8D-1', 'app:F-1', { by: null })
    await unconfirmCase('8D-1', 'app:F-1', { by: null })
    expect(changes.told).toBe(2)
    const refused = open({ confirmed: false })
    await refused.confirmCase('8D-1', 'app:F-1', { by: null }).catch(() => undefined)
    expect(refused.changes.told).toBe(0)
  })

  it('shows a case only from when it was known', async () => {
    const { asked, readCase } = open()
    await expect(readCase('8D-1', { asOf: '2021-08-29' })).rejects.toMatchObject({ code: 'FB_NOT_FOUND' })
    expect(await readCase('8D-1', { asOf: '2021-08-30' })).toEqual(closed)
    expect(asked.reads.at(-1)).toEqual(['8D-1', '2021-08-30T23:59:59.999Z'])
  })
})
