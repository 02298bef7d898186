import { escapeLevel, freeWordOf, nodeId } from '../../domain/identifiers.ts'
import type { DtcDefinition, DtcSuspect, ReferenceKind, ReferenceOf, SignalDefinition, SignalRange } from '../../domain/reference.ts'
import type { GraphTransaction } from '../ports.ts'
import type { PreparedKey, VocabularyNode, WriteCounts } from '../ports/record-store.ts'
import { referenceQueries } from './reference-queries.ts'
import { sharedQueries } from './shared-queries.ts'

export type ComponentOf = (word: string) => PreparedKey

/** Writes reference rows: master data, of which the last row of a key stands. Rows of one key count once, the others as unchanged. */
export async function writeReferenceRows<K extends ReferenceKind>(
  tx: GraphTransaction,
  kind: K,
  rows: readonly ReferenceOf[K][],
  componentOf: ComponentOf,
): Promise<WriteCounts> {
  const { written, outcomes } = await writeRows(tx, kind, rows, componentOf)
  const counts: WriteCounts = { created: 0, updated: 0, unchanged: rows.length - written, superseded: 0 }
  for (const { outcome, rows: number } of outcomes) counts[outcome] += number
  return counts
}

type Outcomes = { written: number; outcomes: { outcome: 'created' | 'updated' | 'unchanged'; rows: number }[] }

async function writeRows(tx: GraphTransaction, kind: ReferenceKind, rows: readonly ReferenceOf[ReferenceKind][], componentOf: ComponentOf): Promise<Outcomes> {
  switch (kind) {
    case 'dtc-definitions': {
      const named = lastOfEach((rows as DtcDefinition[]).map(row => ({ ...row, id: dtcId(row.code, row.maker) })), ({ id }) => id)
      return { written: named.length, outcomes: await tx.all(referenceQueries.writeDtcDefinitions, { rows: named }) }
    }
    case 'dtc-suspects':
      return writeSuspects(tx, rows as DtcSuspect[], componentOf)
    case 'signal-definitions': {
      const named = lastOfEach((rows as SignalDefinition[]).map(withSignalId), ({ id }) => id)
      return { written: named.length, outcomes: await tx.all(referenceQueries.writeSignalDefinitions, { rows: named }) }
    }
    case 'signal-ranges': {
      const named = lastOfEach((rows as SignalRange[]).map(withSignalId), ({ id }) => id)
      return { written: named.length, outcomes: await tx.all(referenceQueries.writeSignalRanges, { rows: named }) }
    }
  }
}

async function writeSuspects(tx: GraphTransaction, rows: readonly DtcSuspect[], componentOf: ComponentOf): Promise<Outcomes> {
  const named = rows.map(({ code, component, rank }) => ({ code, rank, component: componentOf(component) }))
  const components = lastOfEach(named.map(({ component }) => component), ({ id }) => id)
  await tx.all(sharedQueries.mergeComponents, { components: components.map(({ id, key }) => ({ id, freeWord: freeWordOf(key) })) })
  const suspects = lastOfEach(
    named.map(({ code, rank, component }) => ({ code, rank, componentId: component.id })),
    ({ code, componentId }) => `${code}\0${componentId}`,
  )
  return { written: suspects.length, outcomes: await tx.all(referenceQueries.writeDtcSuspects, { rows: suspects }) }
}

const dtcId = (code: string, maker: string): string => (maker === 'GENERIC' ? code : nodeId('Dtc', `${code}/${escapeLevel(maker)}`))

const withSignalId = <S extends { make: string; model: string; name: string }>(row: S): S & { id: string } => ({
  ...row,
  id: nodeId('Signal', [row.make.toUpperCase(), row.model.toUpperCase(), row.name].map(escapeLevel).join('/')),
})

function lastOfEach<T>(rows: readonly T[], keyOf: (row: T) => string): T[] {
  const last = new Map(rows.map(row => [keyOf(row), row]))
  return [...last.keys()].sort().map(key => last.get(key) as T)
}

/** Writes the nodes of the vocabulary with their labels and tree. */
export async function writeVocabularyNodes(
  tx: GraphTransaction,
  { components, symptoms, hazards }: { components: VocabularyNode[]; symptoms: VocabularyNode[]; hazards: VocabularyNode[] },
): Promise<void> {
  await tx.all(referenceQueries.writeComponents, { terms: lastOfEach(components, ({ id }) => id) })
  await tx.all(referenceQueries.writeSymptoms, { terms: lastOfEach(symptoms, ({ id }) => id) })
  await tx.all(referenceQueries.writeHazards, { terms: lastOfEach(hazards, ({ id }) => id) })
}
