import { gathered } from '../../gathered.ts'
import type { GraphClient, GraphTransaction } from '../ports.ts'
import type { ComparedReport, DuplicateEdge, DuplicateStore, DuplicateTransaction, EdgeType } from '../ports/duplicates.ts'
import { duplicateQueries, type edgeTypes } from './duplicate-queries.ts'

type GraphType = (typeof edgeTypes)[number]
const graphTypeOf: Record<EdgeType, GraphType> = {
  'duplicate-of': 'DUPLICATE_OF', 'same-issue': 'SAME_ISSUE_AS', similar: 'SIMILAR_TO', distinct: 'DISTINCT_FROM',
}
const typeOfGraph = Object.fromEntries(Object.entries(graphTypeOf).map(([type, graph]) => [graph, type])) as Record<GraphType, EdgeType>

const sorted = (ids: readonly string[]): string[] => [...new Set(ids)].sort()

/** How feedback belongs together, in the graph. */
export const createDuplicateStore = ({ client }: { client: GraphClient }): DuplicateStore => ({
  ...gatheredReads(client),
  holding: ({ vehicleIds, feedbackIds }, work) =>
    client.write(async tx => {
      await holdReports(tx, { vehicleIds, feedbackIds })
      return work(transactionOf(tx))
    }),
  edgesOf: ids => readEdges(client, ids),
  async withSharedBands(asked, limit) {
    const asking = asked.filter(({ bands }) => bands !== '')
    return asking.length === 0 ? [] : client.all(duplicateQueries.findByBands, { asked: asking.map(({ id, bands }) => ({ id, bands })), k: limit })
  },
  nearest: ({ id, embedding, embeddingModel }, limit) =>
    client.all(duplicateQueries.findNearest, { id, embedding: [...embedding], embeddingModel, k: limit }),
  waiting: limit => client.all(duplicateQueries.listWaiting, { k: limit }),
  countWaiting: async () => (await client.one(duplicateQueries.countWaiting, {})).waiting,
  textsOfWeek: (from, to) => client.all(duplicateQueries.readTextsOfWeek, { from, to }),
  textsSince: (since, known, limit) => client.one(duplicateQueries.readTextsSince, { since, known: [...known], k: limit }),
  sampleVectors: (embeddingModel, limit) => client.all(duplicateQueries.sampleVectors, { embeddingModel, k: limit }),
  async markAll() {
    await client.all(duplicateQueries.markAll, {})
    return (await client.one(duplicateQueries.countWaiting, {})).waiting
  },
})

/** Reports and vectors of feedback that arrives together share a statement. */
const gatheredReads = (client: GraphClient): Pick<DuplicateStore, 'reports' | 'candidates' | 'saveVector'> => {
  const report = gathered({
    most: 400,
    async answer(ids: readonly string[]) {
      const found = new Map((await readReports(client, ids)).map(one => [one.id, one]))
      return ids.map(id => found.get(id))
    },
  })
  const candidates = gathered({
    most: 8,
    answer: (questions: readonly CandidateQuestion[]) => readCandidates(client, questions),
  })
  const save = gathered({
    keyOf: ({ id }) => id,
    async answer(vectors: readonly Parameters<DuplicateStore['saveVector']>[0][]) {
      await client.all(duplicateQueries.saveVectors, { vectors: vectors.map(vector => ({ ...vector, embedding: [...vector.embedding] })) })
      return vectors.map(() => undefined)
    },
  })
  return {
    reports: async ids => (await Promise.all([...new Set(ids)].map(report))).filter(one => one !== undefined),
    candidates: async (asking, ids) => (ids.length === 0 ? [] : candidates({ asking, ids })),
    saveVector: save,
  }
}

/** Takes the locks before the look: what is read after them holds until this transaction ends. */
export const holdReports = async (tx: GraphTransaction, { vehicleIds, feedbackIds }: { vehicleIds: readonly string[]; feedbackIds: readonly string[] }): Promise<void> => {
  if (vehicleIds.length + feedbackIds.length > 0) await tx.all(duplicateQueries.holdReports, { vehicleIds: sorted(vehicleIds), feedbackIds: sorted(feedbackIds) })
}

/** How feedback belongs together, inside a transaction. */
export const transactionOf = (tx: GraphTransaction): DuplicateTransaction => ({
  async reportsOfVehicles(vehicleIds, { alone = false } = {}) {
    return vehicleIds.length === 0 ? [] : tx.all(duplicateQueries.readReportsOfVehicles, { vehicleIds: sorted(vehicleIds), atLeast: alone ? 1 : 2 })
  },
  reports: ids => readReports(tx, ids),
  edgesOf: (ids, vehicleIds) => readEdges(tx, ids, vehicleIds),
  async change({ remove, write }) {
    const keyed = (edges: readonly DuplicateEdge[]) => edges.map(({ from, to, type }) => ({ from, to, type: graphTypeOf[type] }))
    if (remove.length > 0) await tx.all(duplicateQueries.deleteEdges, { edges: keyed(remove) })
    if (write.length > 0) await tx.all(duplicateQueries.writeEdges, { edges: write.map(toRow) })
  },
  async settled(ids) {
    if (ids.length > 0) await tx.all(duplicateQueries.clearMarks, { ids: sorted(ids) })
  },
})

const toRow = ({ from, to, type, ...properties }: DuplicateEdge) => ({ from, to, type: graphTypeOf[type], properties })

const readReports = async (tx: GraphTransaction, ids: readonly string[]) =>
  ids.length === 0 ? [] : tx.all(duplicateQueries.readReports, { ids: sorted(ids) })

type CandidateQuestion = { asking: Pick<ComparedReport, 'id' | 'embedding' | 'embeddingModel'>; ids: readonly string[] }

const readCandidates = async (client: GraphClient, questions: readonly CandidateQuestion[]): Promise<ComparedReport[][]> => {
  const asked = questions.map(({ asking: { embedding, embeddingModel }, ids }, at) => ({ at, ids: sorted(ids), embedding: embedding && [...embedding], embeddingModel }))
  const found: ComparedReport[][] = questions.map(() => [])
  for (const { at, cosine, ...report } of await client.all(duplicateQueries.readCandidates, { asked })) found[at]!.push({ ...report, towards: { id: questions[at]!.asking.id, cosine } })
  return found
}

const readEdges = async (tx: GraphTransaction, ids: readonly string[], vehicleIds: readonly string[] = []): Promise<DuplicateEdge[]> => {
  if (ids.length + vehicleIds.length === 0) return []
  const rows = await tx.all(duplicateQueries.readEdges, { ids: sorted(ids), vehicleIds: sorted(vehicleIds) })
  return rows.map(row => ({ ...row, type: typeOfGraph[row.type] }))
}

