import type { Random } from '../../src/analysis/random.ts'
import type { HardNegative, Incident, Retelling } from './labelled-incidents.ts'

/** A report of the simulated fleet with the truth: reports of one `event` are one report told again, reports of one `issue` leave the counts but one. */
export type SimulatedReport = {
  id: string
  car: string
  /** False: the report names no car. */
  hasVin: boolean
  model: string
  channel: string
  language: string
  text: string
  /** Days since the start. */
  day: number
  event: string
  issue: string
  /** What is drawn again in a bootstrap: the incident or look-alike it was told of. */
  family: string
  part: 'retelling' | 'resent' | 'follow-up' | 'recurrence' | 'look-alike'
}

const models = ['ES8', 'ES6', 'ET7', 'ET5', 'EC6']
const years = 730

/** Small changes of a copy: a greeting, a full stop less, a plea. */
const resendings = [(text: string) => text, (text: string) => `您好，${text}`, (text: string) => `${text}，请尽快处理`, (text: string) => `Hello, ${text}`, (text: string) => text.replace(/[。.!！]$/u, '')]

type Options = { incidents: readonly Incident[]; hardNegatives: readonly HardNegative[]; carsPerIncident: number; shareWithoutVin: number; random: Random }

/**
 * A fleet that reports: every incident happens to several cars at times of their own, each tells it through two to five channels within three days, in
 * the words it was labelled with; some send a text again, some come back within a month, some have it again later, and half of the cars have another
 * problem within three weeks of the first. Look-alikes come as labelled, each on `carsPerIncident` cars too.
 */
export function simulateReports({ incidents, hardNegatives, carsPerIncident, shareWithoutVin, random }: Options): SimulatedReport[] {
  const reports: SimulatedReport[] = []
  const pick = <T>(among: readonly T[]): T => among[Math.floor(random() * among.length)]!
  const shuffled = <T>(among: readonly T[]): T[] => among.map(one => ({ one, order: random() })).sort((a, b) => a.order - b.order).map(({ one }) => one)
  const add = (report: Omit<SimulatedReport, 'id' | 'hasVin'>, hasVin = random() >= shareWithoutVin): void => void reports.push({ ...report, id: `r${reports.length}`, hasVin })

  /** Answers all five, those told first. */
  const tell = (car: string, model: string, incident: Incident, day: number, count: number, issue: string): Retelling[] => {
    const told = shuffled(incident.retellings)
    for (const { channel, language, text } of told.slice(0, count))
      add({ car, model, channel, language, text, day: day + 3 * random(), event: `${issue}/0`, issue, family: incident.id, part: 'retelling' })
    return told
  }

  for (const [index, incident] of incidents.entries())
    for (let copy = 0; copy < carsPerIncident; copy++) {
      const [car, model, day] = [`${incident.id}-${copy}`, pick(models), years * random()]
      const issue = `${car}/${incident.id}`
      const count = 2 + Math.floor(4 * random())
      const told = tell(car, model, incident, day, count, issue)
      const common = { car, model, family: incident.id }
      if (random() < 0.3) {
        const { channel, language, text } = told[0]!
        add({ ...common, channel: channel === 'hotline' ? 'app' : 'hotline', language, text: pick(resendings)(text), day: day + 6 * random(), event: `${issue}/0`, issue, part: 'resent' })
      }
      // Nobody says weeks later what he said before word for word: both take words not used yet.
      if (count < 5 && random() < 0.3) add({ ...common, ...told[4]!, day: day + 7 + 18 * random(), event: `${issue}/1`, issue, part: 'follow-up' })
      if (count < 4 && random() < 0.4) add({ ...common, ...told[3]!, day: day + 40 + 60 * random(), event: `${issue}/again`, issue: `${issue}/again`, part: 'recurrence' })
      if (random() < 0.5) {
        const other = incidents[(index + 1 + Math.floor(random() * (incidents.length - 1))) % incidents.length]!
        tell(car, model, other, day - 21 + 42 * random(), 1 + Math.floor(2 * random()), `${car}/${other.id}`)
      }
    }
  for (const { id, vehicle, daysApart, a, b } of hardNegatives)
    for (let copy = 0; copy < carsPerIncident; copy++) {
      const [model, day] = [pick(models), years * random()]
      const place = (side: 'a' | 'b') => ({ car: vehicle === 'same' ? `${id}-${copy}` : `${id}-${copy}${side}`, model, event: `${id}-${copy}/${side}`, issue: `${id}-${copy}/${side}`, family: id, part: 'look-alike' as const })
      // Of another car: without a number nobody could know, so both give it.
      add({ ...place('a'), ...a, day }, vehicle === 'other' || random() >= shareWithoutVin)
      add({ ...place('b'), ...b, day: day + daysApart }, vehicle === 'other' || random() >= shareWithoutVin)
    }
  return reports
}
