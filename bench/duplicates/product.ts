import path from 'node:path'
import { bandsToAsk, bandsToStore, jaccard } from '../../src/domain/near-text.ts'
import { readVocabularyFiles, readWording } from '../../src/vocabulary-files.ts'
import { createLinker, createSoundsLike, createVocabulary } from '../../src/vocabulary/index.ts'
import { createCompareTools } from '../../src/workflow/duplicates/compare-tools.ts'
import { parseDuplicateRules, type DuplicateRules } from '../../src/workflow/duplicates/duplicate-rules.ts'
import { learnLikeness } from '../../src/workflow/duplicates/likeness.ts'
import type { PairChance } from '../../src/workflow/duplicates/pair-chance.ts'
import type { ReadPair } from '../../src/workflow/duplicates/pair-features.ts'
import { byEvent, cosineOf, daysApart, type ReadReport } from '../../src/workflow/duplicates/read-compared.ts'
import { createSayGround } from '../../src/workflow/duplicates/reason-words.ts'
import { projectRoot } from '../../src/project-root.ts'
import type { SimulatedReport } from './simulated-reports.ts'

/** Relations found, each as `later id NUL earlier id`. */
export type Found = { duplicates: Set<string>; sameIssue: Set<string>; similar: Set<string> }
export type Line = (reports: readonly ReadReport[]) => Found

const start = Date.UTC(2024, 0, 1)

/** The judges of the product over reports in memory; candidates are found as the database finds them, by car, by bands and by nearest vectors. */
export function openProduct(change: (rules: DuplicateRules) => DuplicateRules = rules => rules, chanceFrom?: (readPair: ReadPair) => PairChance) {
  const vocabulary = createVocabulary(readVocabularyFiles())
  const linker = createLinker(vocabulary)
  const rules = change(parseDuplicateRules(readWording('duplicates', path.join(projectRoot, 'vocabulary'))))
  const tools = createCompareTools({ rules, say: createSayGround(readWording('duplicates'), vocabulary), vocabulary, soundsLike: createSoundsLike(vocabulary), ...(chanceFrom && { chanceFrom }) })
  const linked = new Map<string, ReturnType<typeof linker.link>>()

  const read = (report: SimulatedReport, embedding: readonly number[] | null): ReadReport => {
    const links = linked.get(report.text) ?? linker.link(report.text, { language: null })
    linked.set(report.text, links)
    return tools.read({
      id: report.id, channel: report.channel, text: report.text, language: links.language, occurredAt: new Date(start + report.day * 86_400_000).toISOString(),
      vehicleId: report.hasVin ? report.car : null, model: report.model, region: null, odometerKm: null, personRef: null,
      findings: links.findings.filter(({ negated, past, hypothetical }) => !negated && !past && !hypothetical),
      dtcs: [...new Set(links.dtcs.map(({ code }) => code))], embedding, embeddingModel: embedding && 'bench',
    })
  }

  /** @param modelId null: without vectors. */
  const line = (modelId: string | null): Line => reports => {
    const likeness = modelId === null ? () => 0 : learnLikeness(sample(reports).flatMap(({ language, embedding }) => (embedding ? [{ language, embedding }] : [])), modelId, rules.cosine)
    const judges = tools.judgesFor(likeness)
    const found: Found = { duplicates: new Set(), sameIssue: new Set(), similar: new Set() }
    const keep = (relation: string, later: ReadReport, earlier: ReadReport): void =>
      void ({ 'duplicate-of': found.duplicates, 'same-issue': found.sameIssue, similar: found.similar }[relation]?.add(`${later.id}\0${earlier.id}`))
    const cars = new Map<string, ReadReport[]>()
    for (const report of reports) if (report.vehicleId !== null) cars.set(report.vehicleId, [...(cars.get(report.vehicleId) ?? []), report])
    for (const ofCar of cars.values()) for (const { relation, later, earlier } of judges.settleCar(ofCar, () => false)) keep(relation, later, earlier)
    for (const [a, b] of candidatePairs(reports, rules.nearestAsked)) {
      const [earlier, later] = [a, b].sort(byEvent) as [ReadReport, ReadReport]
      const judgement = judges.otherCar(earlier, later)
      if (judgement) keep(judgement.relation, later, earlier)
    }
    return found
  }
  return { read, line, tools }
}

const sample = (reports: readonly ReadReport[]): ReadReport[] => reports.filter((_, at) => at % Math.ceil(reports.length / 500) === 0)

/** Pairs of two cars or of none that share a band or are among each other's nearest. */
function candidatePairs(reports: readonly ReadReport[], nearest: number): (readonly [ReadReport, ReadReport])[] {
  const byWord = new Map<string, number[]>()
  reports.forEach((report, at) => {
    for (const word of bandsToStore(report.near, report.occurredAt).split(' ')) if (word !== '') byWord.set(word, [...(byWord.get(word) ?? []), at])
  })
  const pairs = new Map<string, readonly [ReadReport, ReadReport]>()
  reports.forEach((report, at) => {
    const others = new Set(bandsToAsk(report.near, report.occurredAt).split(' ').flatMap(word => byWord.get(word) ?? []))
    if (report.embedding !== null)
      for (const { other } of reports.map((one, other) => ({ other, cosine: cosineOf(report, one) ?? -1 })).sort((a, b) => b.cosine - a.cosine).slice(0, nearest)) others.add(other)
    for (const other of others) if (other !== at && (report.vehicleId === null || reports[other]!.vehicleId !== report.vehicleId)) pairs.set([Math.min(at, other), Math.max(at, other)].join(), [report, reports[other]!])
  })
  return [...pairs.values()]
}

/** The plain yardsticks: one test a pair, of one car (or of one model within a week where a car is not named). */
export const yardstick = (isOne: (a: ReadReport, b: ReadReport) => boolean, days: number): Line => reports => {
  const duplicates = new Set<string>()
  const sorted = reports.toSorted(byEvent)
  for (const [at, earlier] of sorted.entries())
    for (let next = at + 1; next < sorted.length && daysApart(earlier, sorted[next]!) <= days; next++) {
      const later = sorted[next]!
      const mayBeOne = earlier.vehicleId !== null && later.vehicleId !== null ? earlier.vehicleId === later.vehicleId : earlier.model === later.model && daysApart(earlier, later) <= 7
      if (mayBeOne && isOne(earlier, later)) duplicates.add(`${later.id}\0${earlier.id}`)
    }
  return { duplicates, sameIssue: new Set(), similar: new Set() }
}

export const hashOrNear = (a: ReadReport, b: ReadReport): boolean => a.near.key === b.near.key || jaccard(a.near.shingles, b.near.shingles) >= 0.6
export const cosineOver = (least: number) => (a: ReadReport, b: ReadReport): boolean => (cosineOf(a, b) ?? -1) >= least
