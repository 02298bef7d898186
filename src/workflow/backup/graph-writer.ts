import { FishboneError } from '../../domain/error.ts'
import type { CopiedRelationship, GraphLoad } from '../../graph/ports/backup.ts'
import type { NodeLine, RelationshipLine } from './archive-format.ts'
import { restoreProperties } from './archive-values.ts'

/** Elements a transaction. */
const batchSize = 2_000

/** Writes nodes and then relationships of an archive, many at a time. */
export const createGraphWriter = ({ load, onWritten }: { load: Pick<GraphLoad, 'create' | 'relate'>; onWritten: (section: 'nodes' | 'relationships', done: number) => void }) => {
  const names = new Map<string, string>()
  const written = { nodes: 0, relationships: 0 }
  let nodes: NodeLine[] = []
  let relationships: CopiedRelationship[] = []

  const writeNodes = async () => {
    if (nodes.length === 0) return
    const created = await load.create(nodes.map(({ labels, properties }) => ({ labels, properties: restoreProperties(properties) })))
    nodes.forEach(({ key }, at) => names.set(key, created[at]!))
    written.nodes += nodes.length
    nodes = []
    onWritten('nodes', written.nodes)
  }
  const writeRelationships = async () => {
    if (relationships.length === 0) return
    await load.relate(relationships)
    written.relationships += relationships.length
    relationships = []
    onWritten('relationships', written.relationships)
  }
  const nameOf = (key: string): string => {
    const name = names.get(key)
    if (name === undefined) throw new FishboneError('FB_BACKUP_INVALID', 'a relationship of the archive has an end that is not among its nodes')
    return name
  }

  return {
    async node(line: NodeLine) {
      nodes.push(line)
      if (nodes.length === batchSize) await writeNodes()
    },
    async relationship({ from, to, type, properties }: RelationshipLine) {
      await writeNodes()
      relationships.push({ from: nameOf(from), to: nameOf(to), type, properties: restoreProperties(properties) })
      if (relationships.length === batchSize) await writeRelationships()
    },
    async end() {
      await writeNodes()
      await writeRelationships()
    },
  }
}
