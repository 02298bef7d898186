import { bandsToAsk } from '../../domain/near-text.ts'
import type { DuplicateEdge, DuplicateStore, DuplicateTransaction } from '../../graph/ports/duplicates.ts'
import type { CompareTools, Judges } from './compare-tools.ts'
import type { DuplicateServices } from './duplicate-services.ts'
import type { Likeness } from './likeness.ts'
import { byEvent, type ReadReport } from './read-compared.ts'
import { edgeChanges, edgeOf, machine } from './settled-edges.ts'
import type { Settled } from './settle-car.ts'

/** Texts looked at that share a band of MinHash with a report. */
const bandsAsked = 50
/** Reports of other cars looked at that are alike enough to be `similar`: only those of one class with the report will be. */
const alikeRead = 20
/** The index tells a similarity to about this. */
const quantised = 0.01

/**
 * What may belong to a report that arrives: of nearly equal words in the weeks around, and nearest by vector. Two known cars are two reports, so that
 * one of another car is read only where it is alike enough to be `similar`.
 *
 * @param saveVector ends when others find the report by its vector. The look by vector comes after it: of two reports that arrive at once, one finds
 * the other.
 */
export const candidatesOfArrival = async (
  { store, texts, tools }: Pick<DuplicateServices, 'store' | 'texts' | 'tools'>, report: ReadReport, likeness: Likeness, saveVector: () => Promise<void>,
): Promise<ReadReport[]> => {
  const { nearestAsked, cosine } = tools.rules
  const [byWords, nearest] = await Promise.all([texts.nearlyEqualTo(report, bandsAsked), saveVector().then(() => nearestTo(store, report, nearestAsked))])
  const isOtherCar = (vehicleId: string | null): boolean => report.vehicleId !== null && vehicleId !== null
  const maybeSame = nearest.filter(({ vehicleId }) => !isOtherCar(vehicleId))
  const alike = nearest.filter(one => isOtherCar(one.vehicleId) && likeness(report.language, one.language, one.cosine + quantised) >= cosine.similar).slice(0, alikeRead)
  const ids = new Set([...byWords, ...maybeSame.map(({ id }) => id), ...alike.map(({ id }) => id)])
  return (await store.candidates(report, [...ids])).filter(({ text }) => text !== '').map(tools.read)
}

/** Feedback that may belong to a report of no or another car: by its words, and by its vector where it has one. */
export const candidatesFor = async (store: DuplicateStore, { read, rules }: CompareTools, reports: readonly ReadReport[], withNearest: (report: ReadReport) => boolean): Promise<Map<string, ReadReport[]>> => {
  const [byBands, byVector] = await Promise.all([
    store.withSharedBands(reports.map(report => ({ id: report.id, bands: bandsToAsk(report.near, report.occurredAt) })), bandsAsked),
    Promise.all(reports.filter(withNearest).map(async report => ({ id: report.id, found: (await nearestTo(store, report, rules.nearestAsked)).map(one => one.id) }))),
  ])
  const idsOf = new Map(reports.map(({ id }) => [id, new Set<string>()]))
  for (const { id, found } of [...byBands, ...byVector]) for (const other of found) idsOf.get(id)?.add(other)
  return new Map(await Promise.all(reports.map(async report => [report.id, (await store.candidates(report, [...(idsOf.get(report.id) ?? [])])).map(read)] as const)))
}

const nearestTo = async (store: DuplicateStore, { id, embedding, embeddingModel }: ReadReport, limit: number): ReturnType<DuplicateStore['nearest']> =>
  embedding === null || embeddingModel === null ? [] : store.nearest({ id, embedding, embeddingModel }, limit)

/** Relations of one report to reports of other cars or of none, and which of the present ones no longer hold. */
export const settleWithOthers = async (
  tx: DuplicateTransaction,
  { report, candidates, judges, tools, at }: { report: ReadReport; candidates: readonly ReadReport[]; judges: Judges; tools: CompareTools; at: string },
): Promise<{ remove: DuplicateEdge[]; write: DuplicateEdge[] }> => {
  const others = candidates.filter(other => other.id !== report.id && (other.vehicleId === null || other.vehicleId !== report.vehicleId))
  const present = await tx.edgesOf([report.id, ...others.map(({ id }) => id)])
  const own = present.filter(edge => edge.from === report.id || edge.to === report.id)
  const parted = partedPairs(present)
  const judged = others.flatMap((other): Settled[] => {
    const [earlier, later] = [report, other].sort(byEvent) as [ReadReport, ReadReport]
    const judgement = isParted(present, parted, report.id, other.id) ? null : judges.otherCar(earlier, later)
    return judgement ? [{ earlier, later, ...judgement }] : []
  })
  const known = new Map([report, ...candidates].map(one => [one.id, one]))
  const ambiguous = ambiguousAmong(judged, present, known)
  const kept = judged.map((settled): Settled =>
    settled.relation !== 'distinct' && tiesToCar({ from: settled.later.id, to: settled.earlier.id }, ambiguous, known) ? { ...settled, relation: 'similar' } : settled)
  const similar = kept.filter(({ relation }) => relation === 'similar').sort((a, b) => b.score - a.score).slice(0, tools.rules.similarKept)
  const wanted = [...kept.filter(({ relation }) => relation !== 'similar'), ...similar].map(settled => edgeOf(settled, tools.say, at))
  const { remove, write } = edgeChanges(own.filter(({ type }) => type !== 'distinct'), wanted)
  const taken = present.filter(edge => edge.by === machine && edge.type === 'duplicate-of' && !own.includes(edge) && tiesToCar(edge, ambiguous, known))
  return { remove: [...remove.filter(edge => isOurs(edge, report, known)), ...taken], write }
}

/** An edge to a report that was not looked at this time stands, and so does one between reports of one car: that is settled with the car. */
const isOurs = (edge: DuplicateEdge, report: ReadReport, seen: ReadonlyMap<string, ReadReport>): boolean => {
  const other = seen.get(edge.from === report.id ? edge.to : edge.from)
  if (other === undefined) return false
  if (other.vehicleId !== null && other.vehicleId === report.vehicleId) return false
  // The similar ones kept are the nearest of the report that looked; those of an earlier look by the other side stay.
  return edge.type !== 'similar' || edge.from === report.id
}

const pairKey = (a: string, b: string): string => (a < b ? `${a}\0${b}` : `${b}\0${a}`)

export const partedPairs = (edges: readonly DuplicateEdge[]): ReadonlySet<string> =>
  new Set(edges.filter(({ type, by }) => type === 'distinct' && by !== machine).map(({ from, to }) => pairKey(from, to)))

/** A person parted the two, or one of them from a report that the other is told twice of. */
const isParted = (edges: readonly DuplicateEdge[], parted: ReadonlySet<string>, a: string, b: string): boolean => {
  const twinsOf = (id: string): string[] => edges.filter(edge => edge.type === 'duplicate-of' && (edge.from === id || edge.to === id)).map(edge => (edge.from === id ? edge.to : edge.from))
  return parted.has(pairKey(a, b)) || twinsOf(b).some(twin => parted.has(pairKey(a, twin))) || twinsOf(a).some(twin => parted.has(pairKey(b, twin)))
}

/** Told twice, or only alike because its words fit two cars. */
const isOneByWords = ({ type, method }: DuplicateEdge): boolean => type === 'duplicate-of' || (type === 'similar' && (method === 'text-hash' || method === 'near-text'))

/** The known cars that a report without a car would be told twice of. */
const carsOf = (anonymous: ReadReport, judged: readonly Settled[], present: readonly DuplicateEdge[], known: ReadonlyMap<string, ReadReport>): Set<string> => {
  const otherEnd = (from: string, to: string): string[] => (from === anonymous.id ? [to] : to === anonymous.id ? [from] : [])
  const ids = [
    ...present.filter(isOneByWords).flatMap(({ from, to }) => otherEnd(from, to)),
    ...judged.filter(({ relation }) => relation === 'duplicate-of').flatMap(({ later, earlier }) => otherEnd(later.id, earlier.id)),
  ]
  return new Set(ids.flatMap(id => known.get(id)?.vehicleId ?? []))
}

/** Reports without a car whose words fit two known cars: they belong to neither, at most they resemble them. */
const ambiguousAmong = (judged: readonly Settled[], present: readonly DuplicateEdge[], known: ReadonlyMap<string, ReadReport>): Set<string> => {
  const anonymous = judged.filter(({ relation }) => relation !== 'similar').flatMap(({ earlier, later }) => [earlier, later]).filter(({ vehicleId }) => vehicleId === null)
  return new Set(anonymous.filter(one => carsOf(one, judged, present, known).size > 1).map(({ id }) => id))
}

const tiesToCar = ({ from, to }: { from: string; to: string }, anonymous: ReadonlySet<string>, known: ReadonlyMap<string, ReadReport>): boolean =>
  (anonymous.has(from) && known.get(to)?.vehicleId != null) || (anonymous.has(to) && known.get(from)?.vehicleId != null)

/** Settles all reports of some cars that this transaction holds. */
export const settleCars = async (
  tx: DuplicateTransaction,
  vehicleIds: readonly string[],
  { judges, tools, at }: { judges: Judges; tools: CompareTools; at: string },
): Promise<void> => {
  const reports = (await tx.reportsOfVehicles(vehicleIds)).map(tools.read)
  if (reports.length === 0) return
  const byCar = vehicleIds.map(vehicleId => reports.filter(report => report.vehicleId === vehicleId))
  const present = await tx.edgesOf(reports.map(({ id }) => id))
  const parted = partedPairs(present)
  const carOf = new Map(reports.map(report => [report.id, report.vehicleId]))
  const within = present.filter(({ from, to }) => carOf.has(from) && carOf.get(from) === carOf.get(to))
  const isParted = (a: string, b: string): boolean => parted.has(a < b ? `${a}\0${b}` : `${b}\0${a}`)
  const wanted = byCar.flatMap(ofCar => judges.settleCar(ofCar, isParted)).map(settled => edgeOf(settled, tools.say, at))
  await tx.change(edgeChanges(within, wanted))
}
