import { beforeEach, describe, expect, it } from 'vitest'
import type { TermCluster } from '../../../src/domain/term-cluster.ts'
import { noSiteTerms, parseSiteTerms, withAcceptedTerms } from '../../../src/vocabulary/index.ts'
import type { SiteTerms } from '../../../src/vocabulary/index.ts'
import { readVocabularyFiles } from '../../../src/vocabulary-files.ts'
import { createTermDecisions } from '../../../src/workflow/unmapped/decide-terms.ts'
import { linker, vocabulary } from '../../vocabulary/shipped-vocabulary.ts'

const cluster: TermCluster = {
  clusterId: 'TRM-1', language: 'zh', clauses: 2, reports: 2, vehicles: 0, firstAt: '2023-01-01T00:00:00.000Z', lastAt: '2023-01-02T00:00:00.000Z',
  growth: { recent: 2, before: 0, ratio: null, interval: [0, null], verdict: 'not-told-apart', doublingWeeks: null, weeks: [] },
  examples: [{ feedbackId: 'app:1', text: '屏幕鬼画符了' }, { feedbackId: 'app:2', text: '又开始鬼画符' }], components: [], nearest: [], proposedForm: '鬼画符', otherForm: null,
}
let site: SiteTerms
const files = readVocabularyFiles()
const decisions = createTermDecisions({
  listTermClusters: () => Promise.resolve([cluster]),
  shipped: () => files,
  siteTerms: { read: () => site, write: written => Promise.resolve(void (site = parseSiteTerms(JSON.parse(JSON.stringify(written))))) },
  now: () => new Date('2023-02-01T00:00:00.000Z'),
})
const accept = (given: Partial<Parameters<typeof decisions.accept>[0]> = {}) =>
  decisions.accept({ clusterId: 'TRM-1', by: 'wang', kind: 'symptom', key: 'display-distorted', ...given })

beforeEach(() => void (site = noSiteTerms))

describe('accepting a term', () => {
  it('keeps it for the site, links with it, and changes the version of the vocabulary', async () => {
    expect(linker.link('屏幕鬼画符了').symptoms.filter(({ method }) => method === 'alias')).toEqual([])
    const accepted = await accept()
    expect(accepted).toMatchObject({ term: { form: '鬼画符', language: 'zh', acceptedBy: 'wang' }, linkedExamples: 2, examples: 2 })
    expect(accepted.vocabularyVersion).not.toBe(vocabulary.version)
    // The files as shipped stay as they are: only what is loaded over them has the form.
    expect(withAcceptedTerms(files, site.terms).symptoms.symptoms['display-distorted']?.forms.zh).toContain('鬼画符')
    expect(files.symptoms.symptoms['display-distorted']?.forms.zh).not.toContain('鬼画符')
    // Building a vocabulary takes its second on a quiet machine.
  }, 60_000)

  it('never makes a key', async () => {
    await expect(accept({ key: 'ghost-writing' })).rejects.toMatchObject({ code: 'FB_NOT_FOUND' })
    expect(site.terms).toEqual([])
  })

  it.each(['', 'x', '{a|b}', '鬼@画符', '鬼\u0007画符', '鬼\u202e画符', '一'.repeat(61), '12'])('refuses a form that is no plain words: %j', async form => {
    await expect(accept({ form })).rejects.toMatchObject({ code: 'FB_INVALID' })
    expect(site.terms).toEqual([])
  })

  it('refuses a form that stands for another key', async () => {
    await expect(accept({ form: '黑屏' })).rejects.toMatchObject({ code: 'FB_INVALID' })
    expect(site.terms).toEqual([])
  })

  it('knows only clusters that are there', async () => {
    await expect(accept({ clusterId: 'TRM-2' })).rejects.toMatchObject({ code: 'FB_NOT_FOUND' })
  })
})

it('sets a cluster aside with a reason', async () => {
  await decisions.reject({ clusterId: 'TRM-1', by: 'wang', reason: 'a joke' })
  expect(site.rejected).toEqual([{ clusterId: 'TRM-1', reason: 'a joke', rejectedAt: '2023-02-01T00:00:00.000Z', rejectedBy: 'wang' }])
})

it('reads a site file only in its shape', () => {
  expect(() => parseSiteTerms({ terms: [{ kind: 'symptom', key: 'x', language: 'zh', form: '{a|b}', clusterId: null, acceptedAt: '', acceptedBy: '' }], rejected: [] })).toThrow(
    expect.objectContaining({ code: 'FB_VOCABULARY_INVALID' }) as Error,
  )
})
