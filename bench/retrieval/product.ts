import { createGraphClient, migrate, resolveNeo4j } from '../../src/graph/index.ts'
import { createRecordStore } from '../../src/graph/records/record-store.ts'
import { createCaseStore } from '../../src/graph/retrieval/case-store.ts'
import { createVectorStore } from '../../src/graph/retrieval/vector-store.ts'
import { createIngest } from '../../src/ingest/ingest-batch.ts'
import { createRedactor } from '../../src/ingest/redaction/index.ts'
import { createVinVault } from '../../src/ingest/vin-vault.ts'
import { createEmbedder } from '../../src/llm/index.ts'
import type { Embedder } from '../../src/llm/ports.ts'
import { createLinker, createVocabulary } from '../../src/vocabulary/index.ts'
import { createWordGlossary } from '../../src/retrieval/index.ts'
import { readGlossaryFile, readVocabularyFiles } from '../../src/vocabulary-files.ts'
import { createVectorFile } from './vector-file.ts'
import { deleteEverything } from './wipe.ts'

export type BenchOptions = {
  neo4jDir: string
  cacheDir: string
  /** Vectors of earlier runs, by text and model. */
  vectorFile: string
}

/** Fixed, so that a redacted text is the same in every run and finds its vector again. Nothing here is private. */
const benchKey = Buffer.alloc(32, 7)

const say = (line: string): void => void process.stderr.write(`${line}\n`)
const log = { debug: () => {}, info: () => {}, warn: (_: unknown, line?: string) => say(line ?? ''), error: (_: unknown, line?: string) => say(line ?? '') }

/** The product, wired as in the composition root, on a database of its own. */
export async function openProduct({ neo4jDir, cacheDir, vectorFile }: BenchOptions) {
  const { env } = process
  // Before the database starts: a fault in the vocabulary must not leave one running.
  const vocabulary = createVocabulary(readVocabularyFiles())
  const linker = createLinker(vocabulary)
  const neo4j = await resolveNeo4j({
    given: { uri: env.NEO4J_URI, user: env.NEO4J_USER, password: env.NEO4J_PASSWORD }, dataDir: neo4jDir, cacheDir, heapMb: 1_024, pageCacheMb: 256, onProgress: say,
  })
  const client = createGraphClient(neo4j)
  await migrate(client)
  const model = await createEmbedder({ mode: 'local', cacheDir, logger: log, warmUp: true })
  if (model === null) throw new Error('the benchmark needs the embedding model: npm run setup')
  const vectors = createVectorFile(vectorFile)
  const vinVault = createVinVault({ key: benchKey })
  const redactor = createRedactor({ pseudonymOf: vin => vinVault.pseudonymOf(vin) })
  return {
    neo4j, client, vocabulary, linker, words: createWordGlossary(readGlossaryFile()),
    redact: (text: string) => redactor.redact(text).text,
    /** The model itself, and the same with the vectors of earlier runs. */
    model, embedder: withVectorFile(model, vectors),
    caseStore: createCaseStore({ client }), vectorStore: createVectorStore({ client }),
    ingest: createIngest({ recordStore: createRecordStore({ client }), linker, redactor, vinVault, vocabulary }),
    wipe: () => deleteEverything(client),
    close: async () => {
      vectors.save()
      await model.close()
      await client.close()
      await neo4j.stop()
    },
  }
}

export type Product = Awaited<ReturnType<typeof openProduct>>

function withVectorFile(model: Embedder, vectors: ReturnType<typeof createVectorFile>): Embedder {
  return {
    ...model,
    async embed(texts, role, options) {
      const keyed = texts.map(text => ({ text, key: vectors.keyOf(model.modelId, role, text) }))
      for (const { text, key } of keyed) {
        if (!vectors.has(key)) vectors.set(key, (await model.embed([text], role, options))[0]!)
      }
      return keyed.map(({ key }) => vectors.get(key)!)
    },
  }
}
