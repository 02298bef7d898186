import { z } from 'zod'
import { defineQuery } from '../define-query.ts'
import { eventRows, storedContents } from './event-rows.ts'

const text = z.string()
const maybe = text.nullable()
const nothing = z.strictObject({})
const ids = z.object({ ids: z.array(text) })
const hashes = z.strictObject({ id: text, current: maybe, earlier: z.array(text) })

const lockRow = <S extends z.ZodObject>(stored: S) =>
  z.strictObject({ id: text, node: text, current: maybe, receivedAt: maybe, earlier: z.array(text), stored: stored.nullable() })

const read = (file: string) => defineQuery({ file, mode: 'READ', params: ids, row: hashes, sample: { ids: ['none'] } })

export const readHashes = {
  feedback: read('ingest/read-feedback-hashes.cypher'),
  'telemetry-snapshots': read('ingest/read-snapshot-hashes.cypher'),
  'software-installs': read('ingest/read-install-hashes.cypher'),
  'repair-orders': read('ingest/read-repair-hashes.cypher'),
  cases: read('ingest/read-case-hashes.cypher'),
} as const

const lock = <S extends z.ZodObject>(file: string, stored: S) =>
  defineQuery({ file, mode: 'WRITE', params: ids, row: lockRow(stored), sample: { ids: ['none'] } })

export const lockEvents = {
  feedback: lock('ingest/lock-feedback.cypher', storedContents.feedback),
  'telemetry-snapshots': lock('ingest/lock-snapshot.cypher', storedContents['telemetry-snapshots']),
  'software-installs': lock('ingest/lock-install.cypher', storedContents['software-installs']),
  'repair-orders': lock('ingest/lock-repair.cypher', storedContents['repair-orders']),
  cases: lock('ingest/lock-case.cypher', storedContents.cases),
} as const

export const writeEventRows = {
  feedback: defineQuery({
    file: 'ingest/write-feedback.cypher', mode: 'WRITE', params: z.object({ feedback: z.array(eventRows.feedback) }), row: nothing,
    sample: { feedback: [] },
  }),
  'telemetry-snapshots': defineQuery({
    file: 'ingest/write-snapshot.cypher', mode: 'WRITE', params: z.object({ snapshots: z.array(eventRows['telemetry-snapshots']) }),
    row: nothing, sample: { snapshots: [] },
  }),
  'software-installs': defineQuery({
    file: 'ingest/write-install.cypher', mode: 'WRITE', params: z.object({ installs: z.array(eventRows['software-installs']) }),
    row: nothing, sample: { installs: [] },
  }),
  'repair-orders': defineQuery({
    file: 'ingest/write-repair.cypher', mode: 'WRITE', params: z.object({ repairs: z.array(eventRows['repair-orders']) }), row: nothing,
    sample: { repairs: [] },
  }),
  cases: defineQuery({
    file: 'ingest/write-case.cypher', mode: 'WRITE', params: z.object({ cases: z.array(eventRows.cases) }), row: nothing,
    sample: { cases: [] },
  }),
} as const

const nodes = z.object({ nodes: z.array(text) })
const said = z.object({ id: text, text })
const finding = z.object({
  id: text, component: maybe, symptom: maybe, spanStart: z.number(), spanEnd: z.number(), confidence: z.number(), method: text,
  negated: z.boolean(), past: z.boolean(), hypothetical: z.boolean(), vocabularyVersion: text,
})

/** Statements that all kinds of events share, and those of causes. */
export const eventPartQueries = {
  writeFindings: defineQuery({
    file: 'ingest/write-findings.cypher', mode: 'WRITE',
    params: z.object({ sources: z.array(z.object({ node: text, findings: z.array(finding) })) }), row: nothing, sample: { sources: [] },
  }),
  writeRecordVersions: defineQuery({
    file: 'ingest/write-record-versions.cypher', mode: 'WRITE',
    params: z.object({
      versions: z.array(z.object({ node: text, id: text, kind: text, receivedAt: maybe, content: text, contentSha256: text })),
    }),
    row: nothing, sample: { versions: [] },
  }),
  deleteRecordLinks: defineQuery({
    file: 'ingest/delete-record-links.cypher', mode: 'WRITE', params: nodes, row: nothing, sample: { nodes: ['4:x:0'] },
  }),
  deleteRecordParts: defineQuery({
    file: 'ingest/delete-record-parts.cypher', mode: 'WRITE', params: nodes, row: nothing, sample: { nodes: ['4:x:0'] },
  }),
  writeCauses: defineQuery({
    file: 'ingest/write-causes.cypher', mode: 'WRITE',
    params: z.object({
      cases: z.array(
        z.object({
          id: text, cause: said.nullable(), failureMode: said.extend({ componentId: maybe }).nullable(), symptoms: z.array(text),
        }),
      ),
    }),
    row: nothing, sample: { cases: [] },
  }),
  readCauses: defineQuery({
    file: 'ingest/read-causes.cypher', mode: 'READ', params: nodes,
    row: z.strictObject({ causes: z.array(text), failureModes: z.array(text) }), sample: { nodes: ['4:x:0'] },
  }),
  pruneCausePaths: defineQuery({
    file: 'ingest/prune-cause-paths.cypher', mode: 'WRITE', params: z.object({ causes: z.array(text), failureModes: z.array(text) }),
    row: nothing, sample: { causes: ['h_0'], failureModes: ['h_0'] },
  }),
  pruneCauses: defineQuery({
    file: 'ingest/prune-causes.cypher', mode: 'WRITE', params: z.object({ causes: z.array(text), failureModes: z.array(text) }),
    row: nothing, sample: { causes: ['h_0'], failureModes: ['h_0'] },
  }),
} as const
