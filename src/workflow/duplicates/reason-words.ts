import { z } from 'zod'
import { FishboneError } from '../../domain/error.ts'
import type { Ground } from './ground.ts'

const Both = z.strictObject({ en: z.string(), zh: z.string() })
type Both = z.infer<typeof Both>
const phrases = [
  'sameCar', 'sameReporter', 'sameModel', 'otherCar', 'unknownCar', 'sameText', 'nearText', 'sameEvent', 'sameClass', 'sameComponent', 'alike', 'likely', 'details',
  'apart', 'sameDay', 'day', 'days', 'positionsDiffer', 'identifiersDiffer', 'separator',
] as const
/** `vocabulary/wording/duplicates.json`. */
const ReasonWords = z.strictObject({ ...Object.fromEntries(phrases.map(phrase => [phrase, Both])) as Record<(typeof phrases)[number], typeof Both>, position: z.record(z.string(), Both) })

type Labels = { labelOf: (key: string, language?: 'en' | 'zh') => string }

/** Says in both languages why two reports belong together or not. */
export type SayGround = (ground: Ground) => Both

/** @throws FB_VOCABULARY_INVALID when the words do not match their schema. */
export const createSayGround = (input: unknown, { labelOf }: Labels): SayGround => {
  const parsed = ReasonWords.safeParse(input)
  if (!parsed.success) throw new FishboneError('FB_VOCABULARY_INVALID', 'the words of duplicates do not match their schema', { cause: parsed.error })
  const words = parsed.data
  const sayIn = (language: 'en' | 'zh', ground: Ground): string => {
    const say = (phrase: (typeof phrases)[number], values: Record<string, string> = {}): string =>
      words[phrase][language].replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')
    const place = (values: readonly string[]): string => values.map(value => words.position[value]?.[language] ?? value).join(' ')
    return [
      ground.who && say(ground.who),
      ground.text === 'sameText' ? say('sameText') : ground.text && say('nearText', { share: String(Math.round(100 * ground.text.nearText)) }),
      ground.event && say('sameEvent', { channel: ground.event.channel }),
      ground.shared && sayShared(ground.shared, language, say),
      ground.cosine !== undefined && say('alike', { cosine: ground.cosine.toFixed(2) }),
      ground.chance !== undefined && say('likely', { chance: String(Math.round(100 * ground.chance)) }),
      ground.details && say('details', { details: ground.details.slice(0, 3).join(', ') }),
      ground.positions && say('positionsDiffer', { a: place(ground.positions.a), b: place(ground.positions.b) }),
      ground.identifiers && say('identifiersDiffer', ground.identifiers),
      ground.days !== undefined && sayDays(ground.days, say),
    ].filter(part => typeof part === 'string').join(words.separator[language])
  }
  const sayShared = (shared: NonNullable<Ground['shared']>, language: 'en' | 'zh', say: (phrase: 'sameClass' | 'sameComponent', values: Record<string, string>) => string): string => {
    const component = shared.component === null ? '' : labelOf(shared.component, language)
    if (shared.symptom === null) return say('sameComponent', { component })
    const symptom = labelOf(shared.symptom, language)
    return say('sameClass', { class: component === '' ? symptom : `${component}: ${symptom}` })
  }
  return ground => ({ en: sayIn('en', ground), zh: sayIn('zh', ground) })
}

const sayDays = (days: number, say: (phrase: 'apart' | 'sameDay' | 'day' | 'days', values?: Record<string, string>) => string): string => {
  const whole = Math.round(days)
  return whole === 0 ? say('sameDay') : say('apart', { days: whole === 1 ? say('day') : say('days', { days: String(whole) }) })
}
