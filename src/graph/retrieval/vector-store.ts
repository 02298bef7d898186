import { z } from 'zod'
import { caseKinds } from '../../domain/case.ts'
import { defineQuery } from '../define-query.ts'
import type { GraphClient } from '../ports.ts'
import type { VectorStore } from '../ports/vector-store.ts'

const text = z.string().nullable()
const unembedded = { id: z.string(), textSha256: z.string(), text: z.string() }
const limit = z.object({ k: z.int().min(1).max(2_000) })
const outdated = { params: z.object({ embeddingModel: z.string() }), row: z.strictObject({ marked: z.number() }), sample: { embeddingModel: 'multilingual-e5-small/fp32' } }
const vectors = {
  params: z.object({
    vectors: z.array(z.object({ id: z.string(), textSha256: z.string(), embedding: z.array(z.number()) })),
    embeddingModel: z.string(),
  }),
  row: z.strictObject({ written: z.number() }),
  sample: { vectors: [{ id: 'none', textSha256: 'none', embedding: [1, 0] }], embeddingModel: 'multilingual-e5-small/fp32' },
}

export const listUnembeddedCases = defineQuery({
  file: 'retrieval/list-unembedded-cases.cypher',
  mode: 'READ',
  params: limit,
  row: z.strictObject({
    ...unembedded, kind: z.enum(caseKinds).nullable(), title: z.string(),
    symptom: text, failureMode: text, failureEffect: text, rootCause: text,
  }),
  sample: { k: 5 },
})
export const listUnembeddedFeedback = defineQuery({
  file: 'retrieval/list-unembedded-feedback.cypher', mode: 'READ', params: limit, row: z.strictObject(unembedded), sample: { k: 5 },
})
export const markOutdatedCaseVectors = defineQuery({ file: 'retrieval/mark-outdated-case-vectors.cypher', mode: 'WRITE', ...outdated })
export const markOutdatedFeedbackVectors = defineQuery({ file: 'retrieval/mark-outdated-feedback-vectors.cypher', mode: 'WRITE', ...outdated })
export const writeCaseVectors = defineQuery({ file: 'retrieval/write-case-vectors.cypher', mode: 'WRITE', ...vectors })
export const writeFeedbackVectors = defineQuery({ file: 'retrieval/write-feedback-vectors.cypher', mode: 'WRITE', ...vectors })

const statements = {
  Case: { mark: markOutdatedCaseVectors, write: writeCaseVectors },
  Feedback: { mark: markOutdatedFeedbackVectors, write: writeFeedbackVectors },
}

export function createVectorStore({ client }: { client: GraphClient }): VectorStore {
  return {
    markOutdated: (kind, embeddingModel) => client.write(async tx => (await tx.one(statements[kind].mark, { embeddingModel })).marked),
    unembeddedCases: k => client.all(listUnembeddedCases, { k }),
    unembeddedFeedback: k => client.all(listUnembeddedFeedback, { k }),
    write: (kind, given, embeddingModel) =>
      client.write(async tx => {
        const rows = given.map(({ embedding, ...key }) => ({ ...key, embedding: [...embedding] }))
        return (await tx.one(statements[kind].write, { vectors: rows, embeddingModel })).written
      }),
  }
}
