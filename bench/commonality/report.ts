import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { clopperPearson } from '../../src/analysis/exact-intervals.ts'

type Line = {
  seed: number; vehicles: number; mode: string; family: string; heldOut: boolean; nats: number; truth: string[]; claims: number; verdict: string; p: number
  judged: { exact: number | null; inClass: number | null }[]; others: Record<string, (number | null)[]>; cpuMs: number
}
type Share = { hits: number; of: number; share: number | null; interval: readonly [number, number] | null }

const shareOf = (lines: readonly Line[], isHit: (line: Line) => boolean): Share => {
  const hits = lines.filter(isHit).length
  return lines.length === 0 ? { hits, of: 0, share: null, interval: null } : { hits, of: lines.length, share: hits / lines.length, interval: clopperPearson(hits, lines.length) }
}

const first = (line: Line): boolean => line.judged.some(one => one.exact === 1)
const firstClass = (line: Line): boolean => line.judged.some(one => one.inClass === 1)
const bothInThree = (line: Line): boolean => line.judged.every(one => one.inClass !== null && one.inClass <= 3)
const isCalled = (line: Line): boolean => line.verdict === 'cause-found' || line.verdict === 'tied'

const byFamily = (lines: readonly Line[]): Record<string, unknown> =>
  Object.fromEntries([...new Set(lines.map(line => line.family))].sort().map(family => {
    const own = lines.filter(line => line.family === family)
    const yardsticks = Object.keys(own[0]!.others).map(name => [name, shareOf(own, line => line.others[name]!.some(rank => rank === 1))] as const)
    return [family, {
      heldOut: own[0]!.heldOut, 'hit@1': shareOf(own, first), 'class@1': shareOf(own, firstClass), called: shareOf(own, isCalled),
      ...(own[0]!.judged.length > 1 ? { 'both in top 3': shareOf(own, bothInThree) } : {}),
      ...Object.fromEntries(yardsticks.map(([name, share]) => [`${name} hit@1`, share])),
    }]
  }))

/** Largest distance of the p values of null streams above the uniform line: an excess of small ones. One-sided Kolmogorov–Smirnov, p by exp(−2nD²). */
const uniformity = (lines: readonly Line[]) => {
  const sorted = lines.map(line => line.p).sort((a, b) => a - b)
  const distance = sorted.reduce((most, p, i) => Math.max(most, (i + 1) / sorted.length - p), 0)
  return { n: sorted.length, distance, pValue: Math.min(1, Math.exp(-2 * sorted.length * distance ** 2)), shareBelow: Object.fromEntries([0.01, 0.05, 0.1, 0.25, 0.5].map(at => [at, shareOf(lines, line => line.p <= at)])) }
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN

const summary = (lines: readonly Line[]) => {
  const planted = lines.filter(line => line.truth.length > 0)
  const fair = planted.filter(line => line.nats > 10)
  const nulls = lines.filter(line => line.truth.length === 0)
  return {
    fleets: new Set(lines.map(line => `${line.seed}/${line.vehicles}`)).size, streams: lines.length, medianCpuMs: median(lines.map(line => line.cpuMs)),
    'over 10 nats': byFamily(fair),
    'all families over 10 nats': { tuned: shareOf(fair.filter(line => !line.heldOut), firstClass), heldOut: shareOf(fair.filter(line => line.heldOut), firstClass) },
    '5 to 10 nats': { 'class@1': shareOf(planted.filter(line => line.nats > 5 && line.nats <= 10), firstClass), called: shareOf(planted.filter(line => line.nats > 5 && line.nats <= 10), isCalled) },
    'under 5 nats': { 'class@1': shareOf(planted.filter(line => line.nats <= 5), firstClass), called: shareOf(planted.filter(line => line.nats <= 5), isCalled) },
    'called and wrong': shareOf(planted.filter(isCalled), line => line.verdict === 'cause-found' && !firstClass(line)),
    nulls: { called: shareOf(nulls, isCalled), byFamily: Object.fromEntries([...new Set(nulls.map(line => line.family))].map(family => [family, shareOf(nulls.filter(line => line.family === family), isCalled)])),
      untrackedAnsweredSo: shareOf(nulls.filter(line => line.family === 'untracked' && line.claims >= 30), line => line.verdict === 'no-tracked-cause'), uniformity: uniformity(nulls) },
  }
}

/** Prints the tables of the lines in some files, and writes them with commit and machine. */
export const report = (files: readonly string[], out: string | null): void => {
  const lines = files.flatMap(file => readFileSync(file, 'utf8').split('\n').filter(line => line !== '').map(line => JSON.parse(line) as Line))
  const groups = new Map<string, Line[]>()
  for (const line of lines) {
    const key = `class ${line.mode}, ${line.vehicles} vehicles`
    groups.set(key, [...(groups.get(key) ?? []), line])
  }
  const modes = new Map(['given', 'linked'].map(mode => [`class ${mode}, pooled`, lines.filter(line => line.mode === mode)] as const))
  const tables = Object.fromEntries([...modes, ...groups].filter(([, own]) => own.length > 0).map(([key, own]) => [key, summary(own)]))
  const result = {
    what: 'commonality analysis on simulated fleets; intervals are exact 95 % (Clopper–Pearson)',
    commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim(),
    machine: { cores: cpus().length, model: cpus()[0]?.model, load: loadavg()[0], node: process.version },
    tables,
  }
  if (out !== null) writeFileSync(out, `${JSON.stringify(result, null, 1)}\n`)
  process.stdout.write(`${JSON.stringify(tables, (_, value: unknown) => (typeof value === 'number' && !Number.isInteger(value) ? Number(value.toFixed(3)) : value), 1)}\n`)
}
