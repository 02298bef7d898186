import { createDraw } from './random.ts'
import type { Mechanism } from './mechanisms.ts'
import { failureRecords, installRecords, keepKnown, serviceRecords, vehicleRecord, type Records } from './records.ts'
import { backgroundHazard, drawFailures, planStreams, type Stream } from './streams.ts'
import { buildCar, type Car } from './vehicles.ts'
import { createWorld, day, monthMs, type World } from './world.ts'

/** The truth of one stream, for judging an engine; never read by it. */
export type StreamTruth = {
  component: string
  symptom: string
  family: string
  heldOut: boolean
  factors: { dimension: string; level: string }[]
  /** Other true answers: a climate is not recorded, its regions are. */
  alternatives: { dimension: string; level: string }[][]
  rateRatio: number
  containment: string[]
  failures: number
  caused: number
  /** Expected log-likelihood ratio, in nats, of an engine that knew the true rates; with two causes that of the weaker. */
  evidenceNats: number
}

/** `cars` and `streams` are the simulator's own view, for yardsticks that know the truth. */
export type Fleet = { world: World; cars: Car[]; streams: Stream[]; records: Records; truth: { seed: number; vehicles: number; cutOff: string; streams: StreamTruth[] } }

/**
 * A fleet with planted defects, whole in memory.
 *
 * @param seed the same seed and number of vehicles give the same records, byte for byte.
 */
export const createFleet = (options: { seed: number; vehicles: number }): Fleet => {
  const draw = createDraw(`fleet/${options.seed}`)
  const world = createWorld(draw)
  const carDraw = draw.fork('cars')
  const cars = Array.from({ length: options.vehicles }, (_, i) => buildCar(world, carDraw, options.seed * 100_003 + i))
  const records: Records = {
    vehicles: cars.map(car => vehicleRecord(car)),
    'software-installs': cars.flatMap(installRecords),
    'telemetry-snapshots': [],
    feedback: [],
    'repair-orders': cars.flatMap(car => serviceRecords(car)),
  }
  const streams = planStreams(world, draw, options.vehicles)
  const truths = streams.map(stream => {
    const own = draw.fork(`failures/${stream.text.component}`)
    const failures = drawFailures(world, stream, cars, own)
    failures.forEach((failure, i) => failureRecords(stream, failure, i, own, records))
    return truthOf(world, stream, cars, failures.length, failures.filter(one => one.caused).length)
  })
  records.feedback = keepKnown(world, records.feedback, 'receivedAt')
  records['repair-orders'] = keepKnown(world, records['repair-orders'], 'closedAt')
  return { world, cars, streams, records, truth: { seed: options.seed, vehicles: options.vehicles, cutOff: day(world.cutOff - 1), streams: truths } }
}

const truthOf = (world: World, stream: Stream, cars: readonly Car[], failures: number, caused: number): StreamTruth => {
  const { factors, alternatives, rateRatio, containment, causes } = stream.mechanism
  const planted = causes.length > 0 ? causes : [stream.mechanism]
  return {
    component: stream.text.component, symptom: stream.text.symptom, family: stream.family, heldOut: stream.heldOut, factors, alternatives, rateRatio, containment, failures, caused,
    evidenceNats: factors.length === 0 ? 0 : Math.min(...planted.map(one => evidenceOf(world, stream, one, cars))),
  }
}

/** A failure comes to the workshop every second time, and nine of ten such visits replace the part. */
const replacedShare = 0.45

/** E[LLR] of one cause, from its true share of the expected events against its share of the background; a cause in a part wears out as parts are replaced. */
const evidenceOf = (world: World, stream: Stream, cause: Mechanism, cars: readonly Car[]): number => {
  let [background, insideBackground, inside, all] = [0, 0, 0, 0]
  for (const car of cars) {
    if (car.soldAt === null) continue
    let inCar = 1
    for (let at = car.soldAt + monthMs / 2; at < world.cutOff; at += monthMs) {
      const hazard = backgroundHazard(stream, car, at)
      const excess = hazard * (stream.mechanism.effect(car, at) - 1) * inCar
      const real = hazard + excess
      if (stream.mechanism.inPart) inCar *= Math.exp((-replacedShare * excess) / Math.max(inCar, 1e-9))
      all += real
      if (cause.effect(car, at) <= 1) background += hazard
      else {
        inside += real
        insideBackground += hazard
      }
    }
  }
  const share = insideBackground / (background + insideBackground)
  const q = inside / all
  return share === 0 || share === 1 || q <= share ? 0 : all * (q * Math.log(q / share) + (1 - q) * Math.log((1 - q) / (1 - share)))
}
