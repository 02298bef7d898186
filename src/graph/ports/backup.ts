/** A node as it stands: whole numbers as bigint. `key` names it within one copy. */
export type CopiedNode = { key: string; labels: string[]; properties: Record<string, unknown> }
export type CopiedRelationship = { from: string; to: string; type: string; properties: Record<string, unknown> }

/** Reading a graph as a whole. Applied schema files and their lock are left out. */
export type GraphCopy = {
  /** Equal while nobody writes. */
  position(): Promise<string>
  /** Lets writes wait until it is called back; reading goes on. */
  holdWrites(): Promise<() => Promise<void>>
  nodes(): AsyncIterable<CopiedNode>
  relationships(): AsyncIterable<CopiedRelationship>
  schema(): Promise<{ file: string; checksum: string }[]>
  counts(): Promise<{ nodes: number; relationships: number }>
  /** Version and edition of the database. */
  version(): Promise<string>
  /** Some sealed VIN and its pseudonym; null where there is none. */
  someSealedVin(): Promise<{ vehicleId: string; vinSealed: string } | null>
  close(): Promise<void>
}

/** Erasures of a graph, by the hash under which the audit trail names who was erased. */
export type RecordedErasure = { action: 'person.erase' | 'vehicle.erase'; subject: string; entry: Record<string, unknown> }

/** Writing a graph as a whole. */
export type GraphLoad = {
  nodeCount(): Promise<number>
  /** Other connections of Fishbone to this database; null where the database does not tell. */
  otherConnections(): Promise<number | null>
  erasures(): Promise<RecordedErasure[]>
  /** Puts entries of another trail into this one; those that are there stay. */
  keepErasures(erasures: readonly RecordedErasure[]): Promise<void>
  empty(): Promise<void>
  /** From here on until `open`, no Fishbone starts on this graph. */
  shut(archive: string): Promise<void>
  open(): Promise<void>
  isShut(): Promise<boolean>
  /** @throws FB_MIGRATION_INVALID for schema files this Fishbone does not know. */
  checkSchema(files: readonly { file: string; checksum: string }[]): void
  /** Brings the empty graph to these schema files, or to all where none are named. */
  migrate(files?: readonly { file: string; checksum: string }[]): Promise<void>
  /** @returns a name for each, in order, for `relate`. */
  create(nodes: readonly { labels: string[]; properties: Record<string, unknown> }[]): Promise<string[]>
  relate(relationships: readonly CopiedRelationship[]): Promise<void>
  counts(): Promise<{ nodes: number; relationships: number }>
  /** Removes VINs that no key opens any more. @returns how many. */
  forgetSealedVins(): Promise<number>
  /** Everybody the graph knows: what an erasure recorded elsewhere may be of. */
  people(): AsyncIterable<{ personRef: string | null; vehicleId: string | null; vinSealed: string | null }>
}
