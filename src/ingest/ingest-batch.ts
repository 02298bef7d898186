import type { RecordKind, RecordOf } from '../domain/record-kind.ts'
import type { ReferenceKind, ReferenceOf } from '../domain/reference.ts'
import type { PreparedOf, RecordStore, WriteCounts, WriteOutcome } from '../graph/ports/record-store.ts'
import type { Vocabulary } from '../vocabulary/index.ts'
import { componentOf, type PrepareDependencies, type RecordIdentity } from './prepare-context.ts'
import { identify } from './prepare-identity.ts'
import { prepareRecord } from './prepare.ts'
import { vocabularyNodes } from './vocabulary-nodes.ts'

export type IngestEntry<K extends RecordKind> = { readonly record: RecordOf[K]; readonly flags: readonly string[] }

export type Ingest = {
  /**
   * Writes one batch of validated records of one kind; all or nothing for records of different keys, and safe to repeat. Of several records of
   * one key the later counts as the later line.
   *
   * @param options.live feedback is marked as awaiting its triage, in the transaction that writes it; else it is history.
   * @throws FB_INVALID for a vehicle whose VIN has a wrong shape; the errors of `GraphClient`.
   */
  ingestBatch<K extends RecordKind>(kind: K, entries: readonly IngestEntry<K>[], options?: { live: boolean }): Promise<WriteCounts>
  /**
   * The same for records that arrive by themselves and are written together, each of another key; feedback awaits its triage then.
   *
   * @returns what became of each, in their order.
   */
  ingestEach<K extends 'feedback' | 'telemetry-snapshots'>(kind: K, entries: readonly IngestEntry<K>[]): Promise<WriteOutcome[]>
  /** Writes reference rows; of several rows of one key the last stands. */
  ingestReference<K extends ReferenceKind>(kind: K, rows: readonly ReferenceOf[K][]): Promise<WriteCounts>
  /** Puts the keys of the vocabulary into the graph, with labels and tree; to be called after each change of it. */
  writeVocabulary(vocabulary: Pick<Vocabulary, 'components' | 'symptoms' | 'hazards'>): Promise<void>
}

export type IngestDependencies = PrepareDependencies & { recordStore: RecordStore }

/** The way in for records: redact, pseudonymise, link, write. */
export function createIngest({ recordStore, ...dependencies }: IngestDependencies): Ingest {
  const lotsMet: PrepareDependencies['lotsMet'] = new Map()
  const context = { ...dependencies, lotsMet }

  const prepare = <K extends RecordKind>(kind: K, { entry, identity }: Identified<K>): PreparedOf[K] => prepareRecord[kind](entry.record, entry.flags, identity, context)

  async function ingestRound<K extends RecordKind>(kind: K, round: readonly Identified<K>[], isLive: boolean): Promise<WriteCounts> {
    const stored = await recordStore.contentHashes(kind, round.map(({ identity }) => identity.id))
    const changed = round.filter(({ identity }) => !stored.get(identity.id)?.includes(identity.contentSha256))
    const prepared = changed.map(item => (isLive ? arriving(prepare(kind, item)) : prepare(kind, item)))
    const unchanged = { ...none, unchanged: round.length - changed.length }
    return prepared.length === 0 ? unchanged : add(unchanged, await recordStore.write(kind, prepared))
  }

  const identifyAll = <K extends RecordKind>(kind: K, entries: readonly IngestEntry<K>[]): Identified<K>[] => {
    if (lotsMet.size > mostLotsMet) lotsMet.clear()
    return entries.map(entry => ({ entry, identity: identify(kind, entry.record, context) }))
  }

  return {
    async ingestEach(kind, entries) {
      const outcomes = new Map<string, WriteOutcome>()
      const identified = identifyAll(kind, entries)
      // Most that arrives is new: what is stored just so is found by the transaction itself.
      await recordStore.write(kind, identified.map(item => arriving(prepare(kind, item))), (id, outcome) => outcomes.set(id, outcome))
      return identified.map(({ identity }) => outcomes.get(identity.id)!)
    },
    async ingestBatch(kind, entries, { live } = { live: false }) {
      const identified = identifyAll(kind, entries)
      let counts = none
      for (const round of roundsOfDistinctIds(identified)) counts = add(counts, await ingestRound(kind, round, live && kind === 'feedback'))
      return counts
    },
    writeVocabulary: vocabulary => recordStore.writeVocabulary(vocabularyNodes(vocabulary)),
    ingestReference: (kind, rows) => recordStore.writeReference(kind, rows, word => componentOf(word, context)),
  }
}

/** Feedback that a crash may leave untriaged says so; other kinds have nothing that looks at the mark. */
const arriving = <P extends object>(prepared: P): P => ({ ...prepared, arrives: true })

/** Keeps memory flat over an import of any length. */
const mostLotsMet = 100_000

type Identified<K extends RecordKind> = { entry: IngestEntry<K>; identity: RecordIdentity }

/** The n-th record of each id goes to the n-th round, so that a round writes each node once and later lines meet what earlier ones left. */
function roundsOfDistinctIds<K extends RecordKind>(identified: readonly Identified<K>[]): Identified<K>[][] {
  const rounds: Identified<K>[][] = []
  const seen = new Map<string, number>()
  for (const item of identified) {
    const round = seen.get(item.identity.id) ?? 0
    seen.set(item.identity.id, round + 1)
    const list = rounds[round]
    if (list) list.push(item)
    else rounds.push([item])
  }
  return rounds
}

const none: WriteCounts = { created: 0, updated: 0, unchanged: 0, superseded: 0 }

const add = (a: WriteCounts, b: WriteCounts): WriteCounts => ({
  created: a.created + b.created,
  updated: a.updated + b.updated,
  unchanged: a.unchanged + b.unchanged,
  superseded: a.superseded + b.superseded,
})
