import { z } from 'zod'
import type { ArchivedValue } from './archive-values.ts'

/**
 * A backup is one gzip file of lines of JSON: a header, three sections, an end. Each section closes with its count of lines and their SHA-256, the
 * end with the SHA-256 of all of that: a file without its end was cut short, and a changed byte is found in its section.
 */
export const archiveVersion = 1

export const sections = ['nodes', 'relationships', 'files'] as const
export type Section = (typeof sections)[number]

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

export const ArchiveHeader = z.object({
  fishboneBackup: z.number(),
  madeAt: z.string(),
  fishbone: z.string(),
  neo4j: z.string(),
  /** Schema files the graph had seen. */
  schema: z.array(z.object({ file: z.string(), checksum: z.string() })),
  /** Tells keys apart without telling the key; null where there is none, or none that opens the VINs of the graph. `in`: where the key is. */
  vinKey: z.object({ fingerprint: z.string().nullable(), in: z.enum(['archive', 'environment', 'left-out', 'lost']) }),
  /** Whether writes had to wait while the graph was read, because it changed under a first reading. */
  writesHeld: z.boolean(),
})
export type ArchiveHeader = z.infer<typeof ArchiveHeader>

export const SectionEnd = z.object({ sectionEnd: z.enum(sections), lines: z.int().min(0), sha256 })
export type SectionEnd = z.infer<typeof SectionEnd>

export const ArchiveEnd = z.object({ end: z.object({ sha256 }) })

/** `key`: names the node for the relationships of this archive, and nothing else. */
export type NodeLine = { key: string; labels: string[]; properties: Record<string, ArchivedValue> }
export type RelationshipLine = { from: string; to: string; type: string; properties: Record<string, ArchivedValue> }
/** A piece of a file of the data folder; a file has one line at least. `path` with `/`. */
export type FileLine = { path: string; mode: number; at: number; content: string }

export type SectionLines = { nodes: NodeLine; relationships: RelationshipLine; files: FileLine }

/** What a whole archive holds. */
export type ArchiveSummary = { header: ArchiveHeader; lines: Record<Section, number> }
