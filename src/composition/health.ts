import type { Health, PartHealth } from '../api/plugins/health.ts'
import type { Config } from '../config.ts'
import type { GraphClient } from '../graph/ports.ts'
import type { JobQueue } from '../jobs/ports.ts'
import type { Embedder, ModelGateway } from '../llm/ports.ts'

/** How long the graph may take to say that it is there. */
const healthMs = 1_000

const within = async (work: Promise<void>): Promise<boolean> => {
  const late = new Promise<boolean>(resolve => setTimeout(() => resolve(false), healthMs).unref())
  return Promise.race([work.then(() => true, () => false), late])
}

/** An embedder that is away is told from what the last text met: asking it for the sake of an answer here would keep it busy. */
const embedderHealth = ({ config, model }: { config: Config; model: Embedder | null }): PartHealth => {
  if (model === null) return { status: 'off', detail: config.embeddings.kind === 'none' ? 'EMBEDDINGS=none' : 'no embedding model here: fishbone models fetch' }
  const trouble = model.trouble?.() ?? null
  return trouble === null ? { status: 'ready' } : { status: 'degraded', detail: trouble }
}

/** State of every part the server leans on. */
export const healthOf = async (parts: { config: Config; client: GraphClient; jobs: JobQueue; model: Embedder | null; languageModel: ModelGateway }): Promise<Health> => {
  const [isGraphUp, isQueueUp, languageModel] = await Promise.all([within(parts.client.ping()), within(parts.jobs.ping()), parts.languageModel.health()])
  return {
    graph: isGraphUp ? { status: 'ready' } : { status: 'unready', detail: 'Neo4j does not answer' },
    queue: isQueueUp ? { status: 'ready' } : { status: 'unready', detail: 'Redis does not answer' },
    embedder: embedderHealth(parts),
    model: languageModel,
  }
}
