import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FishboneError } from '../../../src/domain/error.ts'
import type { QueuedClause } from '../../../src/graph/ports/unmapped.ts'
import type { Embedder } from '../../../src/llm/ports.ts'
import { createClauseMeanings, type KeptVectors, type KeyWords } from '../../../src/workflow/unmapped/clause-meanings.ts'
import { clauseVectorsPath, createClauseVectorFile } from '../../../src/workflow/unmapped/clause-vector-file.ts'
import { createListTermClusters } from '../../../src/workflow/unmapped/list-term-clusters.ts'
import { createRefreshTerms } from '../../../src/workflow/unmapped/refresh-terms.ts'

const words: KeyWords[] = [
  { kind: 'component', key: 'seat', language: 'zh', text: '座椅' }, { kind: 'component', key: 'seat', language: 'en', text: 'seat' },
  { kind: 'component', key: 'roof', language: 'zh', text: '天窗' }, { kind: 'component', key: 'roof', language: 'en', text: 'roof' },
]
const clause = (clauseId: string, text: string, day: number): QueuedClause => ({
  clauseId, feedbackId: `f${clauseId}`, vehicleId: null, text, language: 'zh', components: [], receivedAt: `2023-01-0${day}T00:00:00.000Z`,
})
const zh = [clause('c1', '按摩气囊漏气', 1), clause('c2', '按摩气囊鼓不起来', 2)]
const en = [clause('c3', 'massage bladder is flat', 3), clause('c4', 'the massage bladder hisses', 4)]

/** Two thirds of the length are the language, the rest what is said: seat and massage one way, all else the other. */
const vectorOf = (text: string): Float32Array => Float32Array.of(/\p{Script=Han}/u.test(text) ? 0.8 : -0.8, /seat|massage|座椅|按摩/.test(text) ? 0.6 : -0.6)
let asked: string[]
const embedder: Embedder = {
  modelId: 'm1', dimensions: 2, close: () => Promise.resolve(),
  embed: texts => {
    asked.push(...texts)
    return Promise.resolve(texts.map(vectorOf))
  },
}
const kept = (): KeptVectors & { all: Map<string, Float32Array> } => {
  const all = new Map<string, Float32Array>()
  return { all, read: () => new Map(all), write: (_model, vectors) => (all.clear(), vectors.forEach((vector, id) => all.set(id, vector)), Promise.resolve()) }
}

beforeEach(() => void (asked = []))

describe('the meaning of clauses', () => {
  it('takes out what a language shares: the same said in two languages lies together', async () => {
    const meanings = createClauseMeanings({ embedder, vectors: kept(), words })
    await meanings.embed([...zh, ...en, clause('c5', '天窗漏水', 5)])
    const { clauses, keys } = meanings.read()
    // The means of the words are (±.8, 0): what remains is the second number, of length one.
    for (const id of ['c1', 'c2', 'c3', 'c4']) expect([...clauses.get(id)!]).toEqual([0, 1])
    expect([...clauses.get('c5')!]).toEqual([0, -1])
    expect([...keys.get('component:seat')!]).toEqual([0, 1])
    expect([...keys.get('component:roof')!]).toEqual([0, -1])
  })

  it('embeds a bounded number at once, words of the keys first, then the newest, and each once', async () => {
    const meanings = createClauseMeanings({ embedder, vectors: kept(), words })
    expect(await meanings.embed([...zh, ...en], { most: 5 })).toEqual({ embedded: 5, left: 3 })
    expect(asked).toEqual(['座椅', 'seat', '天窗', 'roof', 'the massage bladder hisses'])
    expect(await meanings.embed([...zh, ...en], { most: 5 })).toEqual({ embedded: 3, left: 0 })
    expect(await meanings.embed([...zh, ...en])).toEqual({ embedded: 0, left: 0 })
    expect(new Set(asked).size).toBe(asked.length)
  })

  it('tells nothing before the words of the keys are embedded', async () => {
    const meanings = createClauseMeanings({ embedder, vectors: kept(), words: [...words, ...['a', 'b', 'c'].map((key): KeyWords => ({ kind: 'symptom', key, language: 'en', text: key }))] })
    await meanings.embed(zh, { most: 3 })
    expect(meanings.read().clauses.size).toBe(0)
  })

  it('forgets clauses that left the queue', async () => {
    const vectors = kept()
    const meanings = createClauseMeanings({ embedder, vectors, words })
    await meanings.embed([...zh, ...en])
    await meanings.embed(en)
    expect([...vectors.all.keys()].filter(id => !id.startsWith('words:')).toSorted()).toEqual(['en:c3', 'en:c4'])
  })

  it('keeps what was made before the embedder failed', async () => {
    const vectors = kept()
    const failing: Embedder = { ...embedder, embed: texts => (vectors.all.size + asked.length >= 8 ? Promise.reject(new FishboneError('FB_EMBEDDER_UNAVAILABLE', 'gone')) : embedder.embed(texts, 'query')) }
    await expect(createClauseMeanings({ embedder: failing, vectors, words }).embed([...zh, ...en, clause('c5', '甲乙丙', 5)])).rejects.toMatchObject({ code: 'FB_EMBEDDER_UNAVAILABLE' })
    expect(vectors.all.size).toBe(8)
  })

  it('does nothing without an embedder', async () => {
    const meanings = createClauseMeanings({ embedder: null, vectors: kept(), words })
    expect(await meanings.embed(zh)).toEqual({ embedded: 0, left: 0 })
    expect(meanings.read().clauses.size).toBe(0)
  })
})

describe('the file of vectors', () => {
  const folder = mkdtempSync(join(tmpdir(), 'clause-vectors-'))
  const path = clauseVectorsPath(folder)
  afterEach(() => rmSync(path, { force: true }))

  it('gives back what was written, to the same model only', async () => {
    const file = createClauseVectorFile(path)
    expect(file.read('m1').size).toBe(0)
    await file.write('m1', new Map([['zh:c1', Float32Array.of(0.25, -1)]]))
    expect([...file.read('m1')].map(([id, vector]) => [id, [...vector]])).toEqual([['zh:c1', [0.25, -1]]])
    expect(file.read('m2').size).toBe(0)
  })

  it('counts as none where it is damaged', async () => {
    await createClauseVectorFile(path).write('m1', new Map())
    writeFileSync(path, '{"modelId": "m1"')
    expect(createClauseVectorFile(path).read('m1').size).toBe(0)
  })
})

describe('clusters of both languages', () => {
  const at = new Date('2023-01-10T00:00:00.000Z')
  const term = (label: string) => ({ label })
  const vocabulary = {
    components: new Map([['seat', term('seat')], ['roof', term('roof')]]), symptoms: new Map(),
    formsOf: (key: string) => [key], labelOf: (key: string) => key,
  } as never
  const store = { listClauses: () => Promise.resolve([...zh, ...en]) } as never

  it('shows one unknown thing as one cluster, with a form and an example of either language, and the nearest key', async () => {
    const meanings = createClauseMeanings({ embedder, vectors: kept(), words })
    const refresh = createRefreshTerms({ gatherClauses: () => Promise.resolve({ gathered: 4 }), meanings, store, now: () => at, onEmbedderFailure: () => undefined })
    const list = createListTermClusters({ store, vocabulary, siteTerms: () => ({ terms: [], rejected: [] }), meanings: meanings.read, now: () => at })
    // Without vectors the languages stay apart.
    expect((await list()).map(({ reports }) => reports)).toEqual([2, 2])
    expect(await refresh()).toEqual({ gathered: 4, embedded: 8, left: 0 })
    const [cluster, ...more] = await list()
    expect(more).toEqual([])
    expect(cluster).toMatchObject({ reports: 4, language: 'zh', proposedForm: '按摩气囊', otherForm: 'massage bladder' })
    expect(cluster!.examples.map(({ feedbackId }) => feedbackId)).toEqual(['fc1', 'fc2', 'fc3'])
    expect(cluster!.nearest[0]).toMatchObject({ key: 'seat', score: 1 })
  })

  it('goes on by words where the embedder does not answer, and says so', async () => {
    const failures: unknown[] = []
    const gone = { embed: () => Promise.reject(new FishboneError('FB_EMBEDDER_UNAVAILABLE', 'gone')) }
    const refresh = createRefreshTerms({ gatherClauses: () => Promise.resolve({ gathered: 4 }), meanings: gone, store, now: () => at, onEmbedderFailure: error => failures.push(error) })
    expect(await refresh()).toEqual({ gathered: 4, embedded: 0, left: 4 })
    expect(failures).toEqual([expect.objectContaining({ code: 'FB_EMBEDDER_UNAVAILABLE' })])
  })
})
