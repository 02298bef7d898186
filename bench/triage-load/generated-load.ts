import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Case } from '../../src/domain/case.ts'
import type { Feedback } from '../../src/domain/feedback.ts'
import { createRandom } from '../../src/analysis/random.ts'
import { readDocumentCases, readPublicPairs } from '../retrieval/public-pairs.ts'

/** What people say: the simulator's sentences, the labelled texts and, with a data folder, real complaints. */
export function baseTexts(dataFolder: string | null): string[] {
  const sentences = JSON.parse(readFileSync(new URL('../../simulator/texts/symptoms.json', import.meta.url), 'utf8')) as { zh: string[]; en: string[] }[]
  const rows = (name: string) => readFileSync(new URL(`../labelled/${name}`, import.meta.url), 'utf8').trim().split('\n').map(line => JSON.parse(line) as Record<string, unknown>)
  const told = rows('incidents.jsonl').flatMap(row => (row['retellings'] ?? [row['a'], row['b']]) as { text: string }[]).map(({ text }) => text)
  const complaints = dataFolder === null ? [] : readPublicPairs(join(dataFolder, 'nhtsa')).unlabelled.map(({ text }) => text.slice(0, 800))
  return [...new Set([...sentences.flatMap(({ zh, en }) => [...zh, ...en]), ...told, ...rows('texts.jsonl').map(row => row['text'] as string), ...complaints])]
}

const openings = ['', '', '您好，', '反映一下，', '客户来电：', 'Hi, ', 'Reporting this again: ', 'Since last week: ', '今天早上，', '刚提车两个月，']
const endings = ['', '', '，请尽快处理', '，在线等', '，已经第二次了', ' Please call me back.', ' Dealer has no answer.', '，里程约 {km} 公里', ' Happened at {km} km.']
const models = ['ES8', 'ES6', 'ET7', 'ET5', 'EC6', 'ES7', 'ET9', 'EL6']
const channels = ['app', 'hotline', 'nomi', 'community', 'service-group', 'survey']
const vinSigns = 'ABCDEFGHJKLMNPRSTUVWXYZ0123456789'

/** A VIN by number: 17 signs without I, O and Q. */
const vinOf = (car: number): string => {
  let [rest, tail] = [car, '']
  for (let at = 0; at < 6; at++) {
    tail = vinSigns[rest % vinSigns.length]! + tail
    rest = Math.floor(rest / vinSigns.length)
  }
  return `LJ1EFAUU0NG${tail}`
}

export type GeneratedFeedback = { record: Feedback; base: number }

/**
 * Feedback over three years on `cars` cars, four in five with a VIN; each a sentence with other words around it and a number of its own.
 *
 * @param arrivesAt all of it happened in the hours before and arrives now: what came years ago would be late for its clocks at once.
 */
export function* generateFeedback({ texts, count, cars, seed, prefix, arrivesAt }: { texts: readonly string[]; count: number; cars: number; seed: number; prefix: string; arrivesAt?: Date }): Generator<GeneratedFeedback> {
  const random = createRandom(seed)
  const pick = <T>(among: readonly T[]): T => among[Math.floor(random() * among.length)]!
  for (let at = 0; at < count; at++) {
    const base = Math.floor(random() * texts.length)
    const car = Math.floor(random() * cars)
    const km = String(1_000 + Math.floor(random() * 90_000))
    const when = random()
    const occurredAt = new Date(arrivesAt ? arrivesAt.getTime() - Math.floor(when * 6 * 3_600_000) : Date.UTC(2023, 0, 1) + Math.floor(when * 3 * 365 * 86_400_000)).toISOString()
    const text = `${pick(openings)}${texts[base]!.replace('{n}', String(20 + Math.floor(random() * 70)))}${pick(endings).replace('{km}', km)}`
    yield {
      base,
      record: {
        channel: pick(channels), sourceId: `${prefix}-${at}`, occurredAt, receivedAt: arrivesAt?.toISOString() ?? occurredAt, text, make: 'NIO', model: models[car % models.length]!, modelYear: 2020 + (car % 5),
        ...(random() < 0.8 && { vin: vinOf(car) }),
      },
    }
  }
}

/** Past cases: the regulator's recalls and documents where there is a data folder, else cases of the simulator's sentences. */
export function generateCases(dataFolder: string | null, count: number, texts: readonly string[]): Case[] {
  const real = dataFolder === null ? [] : [...readPublicPairs(join(dataFolder, 'nhtsa')).cases, ...readDocumentCases(join(dataFolder, 'nhtsa'), count)].slice(0, count)
  const made = Array.from({ length: Math.max(0, count - real.length) }, (_, at): Case => ({
    caseId: `LOAD-${at}`, kind: '8d', title: texts[at % texts.length]!.slice(0, 80), symptom: texts[at % texts.length]!, rootCause: texts[(at * 7 + 3) % texts.length]!,
    openedAt: '2022-01-01', closedAt: '2022-06-01', affected: [{ make: 'NIO', model: models[at % models.length]!, modelYears: [2020 + (at % 5)] }],
  }))
  return [...real, ...made]
}

/** A unit vector near another one: what other words around a sentence do to its vector. */
export const nearVector = (vector: ArrayLike<number>, random: () => number): Float32Array => {
  const moved = Float32Array.from(vector, value => value + 0.012 * (random() + random() + random() + random() - 2))
  const norm = Math.hypot(...moved)
  return moved.map(value => value / norm)
}
