import type { SoftwareInstall } from './software-install.ts'
import type { RepairRecord } from './validity.ts'

/** `[from, to)`: canonical UTC, of factory software the day the car was built, which sorts before all instants of it; `to` is null while it runs. `observed` where only a snapshot tells of it. */
export type SoftwareRun = {
  module: string
  version: string
  from: string
  to: string | null
  channel: string | null
  observed: boolean
}

export type InstallRecord = {
  id: string
  module: string
  version: string
  installedAt: string
  channel: string | null
  result: NonNullable<SoftwareInstall['result']> | null
}

/** What a snapshot saw running. */
export type SoftwareObservation = { id: string; capturedAt: string; software: Readonly<Record<string, string>> }

export type SoftwareRecords = {
  /** Factory software is valid from here; null for a car whose master record is not there. */
  builtOn: string | null
  factory: Readonly<Record<string, string>>
  installs: readonly InstallRecord[]
  repairs: readonly RepairRecord[]
  observations: readonly SoftwareObservation[]
}

type Step = {
  at: string
  /** Order within one instant: an observation sees what the same instant installed. */
  order: 0 | 1 | 2 | 3 | 4
  id: string
  does: 'starts' | 'removes' | 'is-seen'
  version: string
  channel: string | null
}

/**
 * The software one car ran, as a pure function of its records: in whichever order they arrive, the intervals are the same.
 *
 * Only `success` changes what runs. `rolled-back` removes its version at that instant, and the version before it runs again. `softwareAfter` of a
 * repair is a workshop install at `closedAt`. A snapshot that sees another version than a record says is kept and named in `contradicted`; where
 * no record says anything it opens an interval marked `observed`, and a later snapshot may open the next.
 *
 * @returns runs ordered by module and `from`, none of no length; ids of contradicted observations, sorted.
 */
export function deriveSoftwareRuns(records: SoftwareRecords): { runs: SoftwareRun[]; contradicted: string[] } {
  const runs: SoftwareRun[] = []
  const contradicted = new Set<string>()
  const stepsOf = stepsByModule(records)
  for (const module of [...stepsOf.keys()].sort()) {
    runs.push(...followModule(module, stepsOf.get(module) as Step[], contradicted))
  }
  return { runs, contradicted: [...contradicted].sort() }
}

function stepsByModule({ builtOn, factory, installs, repairs, observations }: SoftwareRecords): Map<string, Step[]> {
  const steps = new Map<string, Step[]>()
  const add = (module: string, step: Step) => {
    const list = steps.get(module)
    if (list) list.push(step)
    else steps.set(module, [step])
  }
  if (builtOn !== null) {
    for (const [module, version] of Object.entries(factory)) {
      add(module, { at: builtOn, order: 0, id: '', does: 'starts', version, channel: 'factory' })
    }
  }
  for (const { id, module, version, installedAt, channel, result } of installs) {
    if (result === 'success') add(module, { at: installedAt, order: 1, id, does: 'starts', version, channel })
    if (result === 'rolled-back') add(module, { at: installedAt, order: 3, id, does: 'removes', version, channel })
  }
  for (const { id, closedAt, softwareAfter } of repairs) {
    if (closedAt === null) continue
    for (const [module, version] of Object.entries(softwareAfter)) {
      add(module, { at: closedAt, order: 2, id, does: 'starts', version, channel: 'workshop' })
    }
  }
  for (const { id, capturedAt, software } of observations) {
    for (const [module, version] of Object.entries(software)) {
      add(module, { at: capturedAt, order: 4, id, does: 'is-seen', version, channel: null })
    }
  }
  return steps
}

/** A version that was put in, and whether a record or only a snapshot says so. */
type Known = { version: string; channel: string | null; observed: boolean }

function followModule(module: string, steps: Step[], contradicted: Set<string>): SoftwareRun[] {
  const runs: SoftwareRun[] = []
  // What was put in and not removed, oldest first; the last one runs.
  const stack: Known[] = []
  const follow = (at: string) => {
    const running = stack.at(-1)
    const last = runs.at(-1)
    if (last?.to === null) {
      if (running?.version === last.version) return
      last.to = at
      if (last.from === at) runs.pop()
    }
    const before = runs.at(-1)
    if (before?.to === at && before.version === running?.version) before.to = null
    else if (running) runs.push({ module, version: running.version, from: at, to: null, channel: running.channel, observed: running.observed })
  }
  for (const step of steps.sort(byInstant)) {
    if (step.does === 'starts') putIn(stack, { version: step.version, channel: step.channel, observed: false })
    else if (step.does === 'removes') takeOut(stack, step.version)
    else if (stack.some(known => !known.observed)) {
      if (stack.at(-1)?.version !== step.version) contradicted.add(step.id)
    } else putIn(stack, { version: step.version, channel: null, observed: true })
    follow(step.at)
  }
  return runs
}

function putIn(stack: Known[], next: Known): void {
  const running = stack.at(-1)
  if (running?.version !== next.version) stack.push(next)
  // A record of what so far was only seen makes it known; the interval stays the one that was opened.
  else if (running.observed && !next.observed) running.observed = false
}

function takeOut(stack: Known[], version: string): void {
  const at = stack.findLastIndex(known => known.version === version)
  if (at >= 0) stack.splice(at, 1)
}

const byInstant = (a: Step, b: Step): number =>
  compare(a.at, b.at) || a.order - b.order || compare(a.id, b.id) || compare(a.version, b.version)

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
