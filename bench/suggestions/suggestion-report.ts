import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { clopperPearson } from '../../src/analysis/exact-intervals.ts'

/** What one way of wording gave for one stream. */
export type Outcome = {
  /** Types of containment, best first, and the factors of the cars each touches. */
  actions: string[]; factors: string[][]
  /** Statistical causes named. */
  causes: number
  sentences: number; cited: number; dropped: number
  wording: string; fallback: string | null; calls: number; tokens: number
}
export type Line = {
  seed: number; vehicles: number; stream: string; family: string; heldOut: boolean; nats: number; language: string; verdict: string
  truth: string[]; fits: string[]
  template: Outcome; honest: Outcome; hallucinating: Outcome
  /** Of an open verdict. */
  leader: { confidence: number; isTrue: boolean } | null
  letThrough: string[]; cpuMs: number
}

const ways = ['template', 'honest', 'hallucinating'] as const

const share = (hits: number, of: number) => ({ hits, of, share: of === 0 ? null : hits / of, interval: of === 0 ? null : clopperPearson(hits, of) })
const shareOf = (lines: readonly Line[], isHit: (line: Line) => boolean) => share(lines.filter(isHit).length, lines.length)

const fitsIn = (line: Line, actions: readonly string[]): boolean => actions.some(one => line.fits.includes(one))
/** A fitting type among the first n whose cars are those of a planted factor, not of the whole fleet. */
const aimedIn = (line: Line, { actions, factors }: Outcome, n: number): boolean =>
  actions.slice(0, n).some((type, i) => line.fits.includes(type) && factors[i]!.some(one => line.truth.includes(one)))

/** The n types that fit most of these streams when offered to all alike: chosen with the truth at hand, so the hardest fixed list to beat. */
const bestFixed = (lines: readonly Line[], n: number) => {
  const types = [...new Set(lines.flatMap(line => line.fits))].sort()
  const lists = (left: number, from: number): string[][] => (left === 0 ? [[]] : types.slice(from).flatMap((type, i) => lists(left - 1, from + i + 1).map(rest => [type, ...rest])))
  const ranked = lists(Math.min(n, types.length), 0).map(list => ({ list, hits: lines.filter(line => fitsIn(line, list)).length })).sort((a, b) => b.hits - a.hits)
  return { list: ranked[0]?.list ?? [], ...share(ranked[0]?.hits ?? 0, lines.length) }
}

const containment = (lines: readonly Line[]) => ({
  ...Object.fromEntries(ways.map(way => [way, {
    'fits, top 3': shareOf(lines, line => fitsIn(line, line[way].actions.slice(0, 3))), 'fits, first': shareOf(lines, line => fitsIn(line, line[way].actions.slice(0, 1))),
    'fits and aims at the planted cars, top 3': shareOf(lines, line => aimedIn(line, line[way], 3)),
  }])),
  'best fixed list of 3, chosen with the truth': bestFixed(lines, 3), 'best fixed single type': bestFixed(lines, 1),
  'what is offered where no cause is known': shareOf(lines, line => fitsIn(line, ['customer-notice', 'inspection', 'feature-restriction'])),
})

const byFamily = (lines: readonly Line[]) => {
  const families = [...new Set(lines.map(line => line.family))].sort().map(family => {
    const own = lines.filter(line => line.family === family)
    return { family, heldOut: own[0]!.heldOut, top3: shareOf(own, line => fitsIn(line, line.template.actions.slice(0, 3))), first: shareOf(own, line => fitsIn(line, line.template.actions.slice(0, 1))), aimed: shareOf(own, line => aimedIn(line, line.template, 3)) }
  })
  return { families, worst: families.toSorted((a, b) => (a.top3.share ?? 0) - (b.top3.share ?? 0))[0]?.family ?? null }
}

const costs = (lines: readonly Line[], way: (typeof ways)[number]) => {
  const asked = lines.map(line => line[way]).filter(one => one.calls > 0)
  const tokens = asked.map(one => one.tokens).sort((a, b) => a - b)
  return {
    cases: asked.length, 'median tokens': tokens[Math.floor(tokens.length / 2)] ?? 0, 'most tokens': tokens.at(-1) ?? 0, 'most calls': Math.max(0, ...asked.map(one => one.calls)),
    'worded by the model': asked.filter(one => one.wording === 'model').length, fallbacks: Object.fromEntries([...new Set(lines.map(line => line[way].fallback ?? 'none'))].map(kind => [kind, lines.filter(line => (line[way].fallback ?? 'none') === kind).length])),
  }
}

/** How well the confidence of leaders foretells that they are true, in bands, beside the one number that knows only the share of true ones. */
const calibration = (lines: readonly Line[]) => {
  const leaders = lines.flatMap(line => line.leader ?? [])
  const rate = leaders.filter(one => one.isTrue).length / Math.max(1, leaders.length)
  const brier = (of: (one: { confidence: number }) => number) => leaders.reduce((sum, one) => sum + (of(one) - Number(one.isTrue)) ** 2, 0) / Math.max(1, leaders.length)
  const bands = [[0, 0.6], [0.6, 0.8], [0.8, 0.9], [0.9, 0.95], [0.95, 1.01]] as const
  return {
    leaders: leaders.length, 'Brier score': brier(one => one.confidence), 'Brier score of the plain share': brier(() => rate),
    bands: bands.map(([low, high]) => {
      const own = leaders.filter(one => one.confidence >= low && one.confidence < high)
      return { from: low, meanConfidence: own.length === 0 ? null : own.reduce((sum, one) => sum + one.confidence, 0) / own.length, ...share(own.filter(one => one.isTrue).length, own.length) }
    }),
  }
}

const summary = (lines: readonly Line[]) => {
  const planted = lines.filter(line => line.truth.length > 0)
  const nulls = lines.filter(line => line.truth.length === 0)
  const sum = (pick: (line: Line) => number): number => lines.reduce((all, line) => all + pick(line), 0)
  return {
    fleets: new Set(lines.map(line => line.seed)).size, vehicles: [...new Set(lines.map(line => line.vehicles))], streams: lines.length,
    'containment, all planted streams': containment(planted), 'containment, planted streams over 10 nats': containment(planted.filter(line => line.nats > 10)),
    'by family, template': byFamily(planted), 'by family over 10 nats, template': byFamily(planted.filter(line => line.nats > 10)),
    'held out and tuned, top 3': { heldOut: shareOf(planted.filter(line => line.heldOut), line => fitsIn(line, line.template.actions.slice(0, 3))), tuned: shareOf(planted.filter(line => !line.heldOut), line => fitsIn(line, line.template.actions.slice(0, 3))) },
    'nulls without a cause': { ...Object.fromEntries(ways.map(way => [way, shareOf(nulls, line => line[way].causes === 0)])), byFamily: Object.fromEntries([...new Set(nulls.map(line => line.family))].map(family => [family, shareOf(nulls.filter(line => line.family === family), line => line.template.causes === 0)])) },
    'sentences with a citation that resolves': Object.fromEntries(ways.map(way => [way, share(sum(line => line[way].cited), sum(line => line[way].sentences))])),
    'sentences of the template refused by the verifier': sum(line => line.template.dropped),
    'sentences let through of the hallucinating model': { count: sum(line => line.letThrough.length), cases: lines.filter(line => line.hallucinating.calls > 0).length, refused: sum(line => line.hallucinating.dropped), examples: lines.flatMap(line => line.letThrough).slice(0, 10) },
    'confidence of leaders': calibration(lines),
    costs: Object.fromEntries(ways.slice(1).map(way => [way, costs(lines, way)])),
    'median CPU ms of a stream, analysis and three wordings': lines.map(line => line.cpuMs).sort((a, b) => a - b)[Math.floor(lines.length / 2)],
  }
}

/** Prints the tables of a run and writes them with commit and machine. */
export const reportSuggestions = (file: string, out: string | null): void => {
  const lines = readFileSync(file, 'utf8').split('\n').filter(line => line !== '').map(line => JSON.parse(line) as Line)
  const tables = summary(lines)
  const result = {
    what: 'suggestions on simulated fleets, class given, no past cases; fits by the truth\'s own list; intervals are exact 95 % (Clopper–Pearson)',
    commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim(),
    machine: { cores: cpus().length, model: cpus()[0]?.model, load: loadavg()[0], node: process.version },
    tables,
  }
  if (out !== null) writeFileSync(out, `${JSON.stringify(result, null, 1)}\n`)
  process.stdout.write(`${JSON.stringify(tables, (_, value: unknown) => (typeof value === 'number' && !Number.isInteger(value) ? Number(value.toFixed(3)) : value), 1)}\n`)
}
