import { readdir, realpath, stat } from 'node:fs/promises'
import { basename, join, sep } from 'node:path'
import { FishboneError } from '../../domain/error.ts'
import { recordKinds, type RecordKind } from '../../domain/record-kind.ts'
import { isCsvKind } from '../readers/read-csv.ts'
import { readOpening } from '../readers/read-bytes.ts'
import type { RecordSource, ReferenceSource } from '../readers/read-records.ts'
import { knownShapes, publicFormats, recogniseShape, type PublicFormat, type Shape } from '../readers/recognise-shape.ts'

export type PlannedFile = { path: string; bytes: number; source: RecordSource | ReferenceSource }
export type RefusedFile = { path: string; reason: string }
/** Files to load, in load order; files refused whole; files of a folder that hold no data. */
export type ImportPlan = { files: PlannedFile[]; refused: RefusedFile[]; ignored: string[] }

export type PlanRequest = { paths: readonly string[]; kind?: RecordKind; format?: PublicFormat; rejectsFolder: string }

const dataFile = /\.(ndjson|jsonl|json|csv|tsv|txt|nt)(\.gz)?$/i

/** `vehicles` of `vehicles.ndjson.gz`. */
const stemOf = (path: string): string => basename(path).replace(/\.gz$/i, '').replace(/\.[^.]+$/, '')

const isRejects = (path: string, rejectsFolder: string): boolean => path.startsWith(rejectsFolder + sep) || path.endsWith('.rejects.ndjson')

async function* walk(folder: string): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true })
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.')) continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* walk(path)
    else if (entry.isFile()) yield path
  }
}

/** Every path once, folders opened, sorted within a folder. */
async function listFiles({ paths, rejectsFolder }: PlanRequest): Promise<{ found: string[]; refused: RefusedFile[]; ignored: string[] }> {
  const found = new Set<string>()
  const refused: RefusedFile[] = []
  const ignored: string[] = []
  // The folder may not exist yet; then nothing can lie in it.
  const rejects = await realpath(rejectsFolder).catch(() => rejectsFolder)
  for (const given of paths) {
    const path = await realpath(given).catch(() => null)
    if (path === null) refused.push({ path: given, reason: 'no such file or folder' })
    else if (path === rejects || isRejects(path, rejects)) refused.push({ path: given, reason: 'a file of refused lines is never read as input' })
    else if ((await stat(path)).isDirectory()) {
      for await (const file of walk(path)) {
        if (isRejects(file, rejects) || !dataFile.test(file)) ignored.push(file)
        else found.add(file)
      }
    } else found.add(path)
  }
  return { found: [...found], refused, ignored }
}

const refuse = (reason: string): never => {
  throw new FishboneError('FB_IMPORT_FORMAT', reason)
}

const isReferenceFormat = (format: PublicFormat): format is ReferenceSource['format'] => format !== 'nhtsa-complaints' && format !== 'nhtsa-recalls'

const sourceOfFormat = (format: PublicFormat): RecordSource | ReferenceSource => {
  if (isReferenceFormat(format)) return { format, kind: null }
  return format === 'nhtsa-recalls' ? { format, kind: 'cases' } : { format, kind: 'feedback' }
}

const kindOf = (path: string, given: RecordKind | undefined): RecordKind => {
  const stem = stemOf(path)
  const named = recordKinds.find(kind => kind === stem)
  return given ?? named ?? refuse(`"${stem}" is no kind of record: name the file after one of ${recordKinds.join(', ')}, or give --kind`)
}

const isPublic = (name: string): name is PublicFormat => (publicFormats as readonly string[]).includes(name)

/** How a file is to be read. @throws FB_IMPORT_FORMAT with the reason why it cannot be. */
export function sourceFor(path: string, shape: Shape, { kind, format }: Pick<PlanRequest, 'kind' | 'format'>): RecordSource | ReferenceSource {
  const notRecognised = (hint: string | null) =>
    refuse(`the shape of the file is not recognised${hint === null ? '' : ` (${hint})`}; these are: ${knownShapes.join(' · ')}`)
  if (format) return shape.name === format || shape.name === 'empty' ? sourceOfFormat(format) : notRecognised(`it is not ${format}`)
  if (shape.name === 'unknown') return notRecognised(shape.hint)
  if (isPublic(shape.name)) return kind ? notRecognised(`it looks like ${shape.name}, not ${kind}`) : sourceOfFormat(shape.name)
  const recordKind = kindOf(path, kind)
  if (shape.name !== 'csv') return { format: 'ndjson', kind: recordKind }
  if (!isCsvKind(recordKind)) return refuse(`${recordKind} are not read from CSV: write NDJSON`)
  return shape.csvKind === recordKind
    ? { format: 'csv', kind: recordKind, delimiter: shape.delimiter }
    : refuse(`its header row is that of ${shape.csvKind}, not ${recordKind}`)
}

/** Kinds load after the reference data, master data before events. */
const loadRank = ({ source }: PlannedFile): number => (source.kind === null ? -1 : recordKinds.indexOf(source.kind))

/** Looks at every file, decides how it is read, and puts them in load order. A file that cannot be read is refused alone. */
export async function planFiles(request: PlanRequest): Promise<ImportPlan> {
  const { found, refused, ignored } = await listFiles(request)
  const files: PlannedFile[] = []
  for (const path of found) {
    try {
      const source = sourceFor(path, recogniseShape(await readOpening(path)), request)
      files.push({ path, bytes: (await stat(path)).size, source })
    } catch (error) {
      refused.push({ path, reason: error instanceof Error ? error.message : String(error) })
    }
  }
  return { files: files.sort((a, b) => loadRank(a) - loadRank(b)), refused, ignored }
}
