import type { RecordKind } from '../../domain/record-kind.ts'
import type { ReferenceKind, ReferenceOf } from '../../domain/reference.ts'

// Shapes of records as they are written: texts redacted, VINs replaced, instants in canonical UTC, ids those of docs/graph-model.md.
// A side that is not known is null; lists of JSON values are JSON text.

/** A node that is little more than its key. */
export type PreparedKey = { id: string; key: string }
/** A lot that a record speaks of. All sides but `id` and `partNo` may be unknown. */
export type PreparedLot = { id: string; partId: string; partNo: string; lot: string | null; componentId: string | null; supplier: PreparedKey | null }
export type PreparedRelease = { id: string; module: string; version: string }
export type PreparedModelYear = { id: string; make: string | null; model: string | null; modelYear: number | null }
export type PreparedVehicleRef = { id: string; vinSealed: string }

/** Nodes that records share. They are made for every record, the superseded included, so that the graph does not depend on their order. */
export type SharedNodes = {
  vehicles: PreparedVehicleRef[]
  /** `key` is the vocabulary key, or `unclassified:` and the free word. */
  components: PreparedKey[]
  lots: PreparedLot[]
  releases: PreparedRelease[]
  modelYears: PreparedModelYear[]
  plants: PreparedKey[]
  serviceCenters: PreparedKey[]
  parts: PreparedKey[]
  dtcs: string[]
  symptoms: string[]
}

export type PreparedPart = {
  lotId: string
  component: string
  position: string | null
  serial: string | null
  condition: string | null
  builtOn: string | null
  /** Where no lot is known that would tell it. */
  supplier?: string
}

export type PreparedVehicle = {
  id: string
  vinSealed: string
  contentSha256: string
  make: string | null
  model: string
  modelYear: number | null
  trim: string | null
  plant: string | null
  builtOn: string
  soldOn: string | null
  shippedOn: string | null
  deliveredOn: string | null
  region: string | null
  options: string[] | null
  personRef: string | null
  dataQuality: string[] | null
  /** Null where the record says nothing about parts: then the as-built parts stay as they are. */
  parts: PreparedPart[] | null
  /** Module to version; null where the record says nothing about software. */
  factorySoftware: Record<string, string> | null
  shared: SharedNodes
}

export type PreparedFinding = {
  id: string
  component: string | null
  symptom: string | null
  spanStart: number
  spanEnd: number
  confidence: number
  method: string
  negated: boolean
  past: boolean
  hypothetical: boolean
  vocabularyVersion: string
}

/** Common to all events: of two contents of one id the one received later stands. */
export type PreparedEvent<Stored> = {
  id: string
  contentSha256: string
  /** Empty where no instant is known at all. */
  receivedAt: string
  vehicleId: string | null
  /** The record's own properties as stored on its node: what a superseded version keeps as its content. */
  stored: Stored
  findings: PreparedFinding[]
  shared: SharedNodes
}

type Text = string | null
type Flag = boolean | null

export type StoredFeedback = {
  channel: string; sourceId: string; text: string; language: string; occurredAt: string; receivedAt: string; vehicleId: Text
  make: Text; model: Text; modelYear: number | null; odometerKm: number | null; region: Text; rating: number | null; crash: Flag; fire: Flag
  injuries: number | null; sos: Flag; responded: Flag; personRef: Text; snapshotId: Text; vinInvalid: Flag; dataQuality: string[] | null
}
export type PreparedFeedback = PreparedEvent<StoredFeedback> & {
  matchText: string
  /** Words by which a nearly equal text of the same weeks is found; null for a text that says too little. */
  bands: string | null
  /** Something in it no key fits: its clauses are to be gathered for the queue. */
  gather: boolean
  /** It comes to be triaged, not as history. */
  arrives?: boolean
  textSha256: string
  /** Id of the snapshot node it was sent with. */
  snapshotNodeId: string | null
  mentions: string[]
}

export type StoredSnapshot = {
  snapshotId: string; capturedAt: string; receivedAt: string; vehicleId: Text; trigger: Text; odometerKm: number | null; ambientC: number | null
  software: Text; signals: Text; dtcs: Text; vinInvalid: Flag; dataQuality: string[] | null
}
export type RecordedCode = { code: string; failureType: string | null; status: number | null; ecu: string | null }
export type PreparedSnapshot = PreparedEvent<StoredSnapshot> & { recorded: RecordedCode[]; software: Record<string, string> }

export type StoredInstall = {
  module: string; version: string; installedAt: string; receivedAt: string; vehicleId: Text; channel: Text; result: Text; vinInvalid: Flag
  dataQuality: string[] | null
}
export type PreparedInstall = PreparedEvent<StoredInstall> & { releaseId: string }

export type StoredRepair = {
  repairOrderId: string; openedAt: string; closedAt: Text; receivedAt: string; vehicleId: Text; odometerKm: number | null; serviceCenter: Text
  complaint: Text; cause: Text; correction: Text; text: string; language: string; laborOperations: Text; partsReplaced: Text; dtcs: Text
  softwareBefore: Text; softwareAfter: Text; result: Text; warranty: Flag; feedbackId: Text; vinInvalid: Flag; dataQuality: string[] | null
}
export type RepairedLot = { lotId: string; component: string; position: string | null }
export type PreparedRepair = PreparedEvent<StoredRepair> & {
  matchText: string
  serviceCenterId: string | null
  removed: RepairedLot[]
  installed: RepairedLot[]
  recorded: RecordedCode[]
}

export type StoredCase = {
  caseId: string; kind: Text; title: string; openedAt: Text; closedAt: Text; receivedAt: Text; language: string; component: Text; symptom: Text
  failureMode: Text; failureEffect: Text; rootCause: Text; escapePoint: Text; affected: Text; verification: Text; containment: Text; corrective: Text
  text: string; dataQuality: string[] | null
}
export type PreparedAction = { id: string; kind: 'ICA' | 'PCA'; actionType: string; text: string | null; effectiveFrom: string | null }
export type PreparedCase = PreparedEvent<StoredCase> & {
  matchText: string
  textSha256: string
  symptoms: string[]
  components: string[]
  mentions: string[]
  cause: { id: string; text: string } | null
  failureMode: { id: string; text: string; componentId: string | null } | null
  actions: PreparedAction[]
  affectedModelYears: string[]
  affectedParts: string[]
  affectedLots: string[]
  affectedReleases: string[]
}

export type PreparedOf = {
  vehicles: PreparedVehicle
  cases: PreparedCase
  'software-installs': PreparedInstall
  'telemetry-snapshots': PreparedSnapshot
  feedback: PreparedFeedback
  'repair-orders': PreparedRepair
}

/** What became of the records of one batch; the four add up to their number. */
export type WriteCounts = {
  created: number
  /** The stored content gave way to the new one. */
  updated: number
  /** The same content was there already, as the current one or as a superseded one. */
  unchanged: number
  /** An event that the stored, later received one supersedes; kept as a version. */
  superseded: number
}

export type WriteOutcome = keyof WriteCounts
/** Told what became of each record; where a transaction is tried again, the last word counts. */
export type NoteOutcome = (id: string, outcome: WriteOutcome) => void

/** A key of the vocabulary as its node holds it. */
export type VocabularyNode = { id: string; labelEn: string; labelZh: string; definition: string; parent: string | null }

/** Writes records into the graph. Every call is one transaction and may be repeated; each may throw the errors of `GraphClient`. */
export type RecordStore = {
  /** Hashes of all contents stored for these ids, the current and the superseded; an id that is not there is absent. */
  contentHashes(kind: RecordKind, ids: readonly string[]): Promise<Map<string, string[]>>
  /** @param records of one kind, each id at most once. @param note is told of each event; not of vehicles. */
  write<K extends RecordKind>(kind: K, records: readonly PreparedOf[K][], note?: NoteOutcome): Promise<WriteCounts>
  writeReference<K extends ReferenceKind>(kind: K, rows: readonly ReferenceOf[K][], componentOf: (word: string) => PreparedKey): Promise<WriteCounts>
  writeVocabulary(nodes: { components: VocabularyNode[]; symptoms: VocabularyNode[]; hazards: VocabularyNode[] }): Promise<void>
}
