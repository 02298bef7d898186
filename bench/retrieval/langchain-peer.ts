import { Embeddings } from '@langchain/core/embeddings'
// By path: the package's front door also loads its chains, which need a package that nothing here uses.
import { Neo4jVectorStore } from '../../node_modules/@langchain/neo4j/dist/vectorstores/neo4j_vector.js'
import type { Embedder } from '../../src/llm/ports.ts'

class PeerEmbeddings extends Embeddings {
  readonly #embedder: Embedder
  constructor(embedder: Embedder) {
    super({})
    this.#embedder = embedder
  }
  async embedDocuments(texts: string[]): Promise<number[][]> {
    return (await this.#embedder.embed(texts, 'passage')).map(vector => [...vector])
  }
  async embedQuery(text: string): Promise<number[]> {
    return [...(await this.#embedder.embed([text], 'query'))[0]!]
  }
}

/**
 * Hybrid search of `@langchain/neo4j` as its documentation sets it up: texts in, two indexes made by the library, the same embedding model.
 *
 * @returns ids, best first; an error of the library counts as an empty answer and is counted.
 */
export async function openLangchainPeer(
  connection: { uri: string; user: string; password: string },
  embedder: Embedder,
  documents: readonly { caseId: string; text: string }[],
) {
  const store = await Neo4jVectorStore.fromTexts(documents.map(({ text }) => text), documents.map(({ caseId }) => ({ caseId })), new PeerEmbeddings(embedder), {
    url: connection.uri, username: connection.user, password: connection.password,
    searchType: 'hybrid', nodeLabel: 'PeerCase', indexName: 'peer_vector', keywordIndexName: 'peer_keyword',
  })
  let errors = 0
  return {
    async search(text: string, k: number): Promise<string[]> {
      try {
        return (await store.similaritySearch(text, k)).map(({ metadata }) => (metadata as { caseId: string }).caseId)
      } catch {
        errors++
        return []
      }
    },
    errors: () => errors,
    async close() {
      await store.query('DROP INDEX peer_vector IF EXISTS')
      await store.query('DROP INDEX peer_keyword IF EXISTS')
      await store.query('MATCH (n:PeerCase) DETACH DELETE n')
      await store.close()
    },
  }
}
