import type { Factor } from '../../domain/fleet.ts'
import { capitalised, fill, fillBoth, type Both, type Wording } from './wording.ts'

/** What a factor is said in: the words, and the vocabulary's labels of components. */
export type Words = { wording: Wording; labelOf: (key: string, language?: 'en' | 'zh') => string }

type Spelled = { kind: 'factor' | 'pair' | 'window'; factors: readonly Factor[] }

/** Supplier and condition levels begin with their component. */
const nameOf = ({ level, component }: Factor): string =>
  component !== null && level.startsWith(`${component}/`) ? level.slice(component.length + 1) : level

export const factorWords = (factor: Factor, { wording, labelOf }: Words): Both => {
  const own = { level: factor.level, name: nameOf(factor) }
  const component = (language: 'en' | 'zh'): string => {
    const label = factor.component === null ? '' : labelOf(factor.component, language)
    // "Traction battery" inside a sentence; "ABS module" stays.
    return language === 'en' && /^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label
  }
  const { en, zh } = wording.dimension[factor.dimension]
  return { en: fill(en, { ...own, component: component('en') }), zh: fill(zh, { ...own, component: component('zh') }) }
}

const windowWords = (factors: readonly Factor[], words: Words): Both => {
  const weeks = factors.filter(one => one.dimension === 'build-week').map(one => one.level).sort()
  const plant = factors.find(one => one.dimension === 'plant')
  const said = fillBoth(words.wording.candidate[weeks.length > 1 ? 'weeks' : 'week'], { from: weeks[0] ?? '', to: weeks.at(-1) ?? '' })
  if (!plant) return said
  const where = factorWords(plant, words)
  const { en, zh } = words.wording.candidate.windowOfPlant
  return { en: fill(en, { weeks: said.en, plant: where.en }), zh: fill(zh, { weeks: said.zh, plant: where.zh }) }
}

/** A candidate in words, as inside a sentence. */
export const candidateWords = ({ kind, factors }: Spelled, words: Words): Both => {
  if (kind === 'window') return windowWords(factors, words)
  const [first, ...more] = factors.map(factor => factorWords(factor, words))
  return more.reduce<Both>(
    (all, next) => ({
      en: fill(words.wording.candidate.pair.en, { first: all.en, second: next.en }),
      zh: fill(words.wording.candidate.pair.zh, { first: all.zh, second: next.zh }),
    }),
    first ?? { en: '', zh: '' },
  )
}

/** A candidate as a sentence of its own. */
export const candidateStatement = (candidate: Spelled, words: Words): Both => {
  const { en, zh } = candidateWords(candidate, words)
  return { en: capitalised(en), zh }
}

/** What to inspect, one line a dimension that the candidate names. */
export const inspectionsOf = ({ kind, factors }: Spelled, { wording }: Words): string[] => {
  const weeks = factors.filter(one => one.dimension === 'build-week').map(one => one.level)
  const asked = kind === 'window' ? factors.filter(one => one.dimension !== 'build-week' || one.level === weeks[0]) : factors
  const span = weeks.length > 1 ? `${weeks[0]} to ${weeks.at(-1)}` : weeks[0]
  return asked.map(factor => fill(wording.inspect[factor.dimension], { level: factor.dimension === 'build-week' ? (span ?? '') : factor.level, name: nameOf(factor) }))
}
