import type { Explanation, ModelClaim } from '../../src/domain/explanation.ts'
import { completion } from './scripted-model-server.ts'
import type { ChatRequest, ModelScript } from './scripted-model-server.ts'

type Value = { name: string; value: number; unit: string }
type PromptEvidence = { id: string; summary: string; values: Value[] }
type PromptCause = { id: string; own: string[] }
type PromptAction = { id: string; kind: string; evidenceIds: string[] }
/** What the prompt `explain-candidates` shows, read back from its text. */
export type ReadPrompt = { language: 'en' | 'zh'; marker: string; evidence: PromptEvidence[]; causes: PromptCause[]; actions: PromptAction[]; quotes: { id: string; text: string }[] }

const block = (text: string, from: string, to: string | null): string[] => {
  const start = text.indexOf(`\n${from}\n`)
  const end = to === null ? text.length : text.indexOf(`\n${to}\n`, start)
  return start < 0 ? [] : text.slice(start + from.length + 2, end).split('\n').filter(line => line !== '' && line !== 'none')
}

const valuesOf = (line: string): Value[] =>
  Array.from((/\{([^{}]*)\}\s*$/.exec(line)?.[1] ?? '').matchAll(/([\w.-]+)=(-?[\d.]+(?:e[-+]?\d+)?) ([^;]+)/g), match => ({ name: match[1] ?? '', value: Number(match[2]), unit: (match[3] ?? '').trim() }))

export const readExplainPrompt = ({ messages }: ChatRequest): ReadPrompt => {
  const text = messages.at(-1)?.content ?? ''
  const marker = /^MARK (.*)$/m.exec(text)?.[1] ?? ''
  const ids = (part: string | undefined) => part?.match(/E\d+/g) ?? []
  return {
    language: /^LANGUAGE .*Chinese/m.test(text) ? 'zh' : 'en',
    marker,
    evidence: block(text, 'EVIDENCE', 'QUOTES').map(line => ({ id: line.split(' ')[0] ?? '', summary: line.replace(/^E\d+ \[\w+\] /, '').replace(/ \{[^{}]*\}\s*$/, ''), values: valuesOf(line) })),
    causes: block(text, 'CANDIDATES', 'ACTIONS').map(line => ({ id: line.split(' ')[0] ?? '', own: ids(line.split(' · for ')[1]) })),
    actions: block(text, 'ACTIONS', 'EVIDENCE').map(line => ({ id: line.split(' ')[0] ?? '', kind: /\[(\w+)/.exec(line)?.[1] ?? '', evidenceIds: ids(line.split(' · ').at(-1)) })),
    quotes: block(text, 'QUOTES', null).map(line => ({ id: line.split(' ')[0] ?? '', text: line.slice(line.indexOf(' ') + 1).replaceAll(marker, ' ') })),
  }
}

const spoken = (unit: string, language: 'en' | 'zh'): string | null =>
  ({ claims: ['claims', '起'], cars: ['cars', '辆'], repairs: ['repairs', '次维修'], cases: ['cases', '个案例'], uses: ['uses', '次使用'], ratio: ['times', '倍'], days: ['days', '天'], weeks: ['weeks', '周'], months: ['months', '个月'] })[unit]?.[language === 'en' ? 0 : 1] ?? null

const shown = ({ value, unit }: Value, language: 'en' | 'zh'): string | null => {
  if (unit === 'probability') return `p = ${value}`
  if (unit === 'share') return `${Number((100 * value).toFixed(1))} %`
  const word = spoken(unit, language)
  return word === null ? null : language === 'en' ? `${value} ${word}` : `${value} ${word}`
}

/** A sentence that says the numbers of an item and nothing else; null where it has none that can be said. */
export const honestClaim = ({ id, values }: PromptEvidence, language: 'en' | 'zh'): ModelClaim | null => {
  const parts = values.flatMap(value => shown(value, language) ?? []).slice(0, 3)
  if (parts.length === 0) return null
  return { text: language === 'en' ? `The evidence ${id} holds ${parts.join(', ')}.` : `证据 ${id} 的数值为 ${parts.join('、')}。`, evidenceIds: [id] }
}

const fitting = (prompt: ReadPrompt, ids: readonly string[]): ModelClaim[] =>
  prompt.evidence.filter(item => ids.includes(item.id)).flatMap(item => honestClaim(item, prompt.language) ?? []).slice(0, 2)

/** Words the evidence well: every sentence repeats numbers of the item it cites. */
export const honestExplanation = (prompt: ReadPrompt): Explanation => {
  const proposals = (kind: string) =>
    prompt.actions.filter(action => action.kind === kind).slice(0, 3).flatMap(action => {
      const [why] = fitting(prompt, action.evidenceIds)
      return why ? [{ actionId: action.id, why }] : []
    })
  return {
    observations: prompt.evidence.flatMap(item => honestClaim(item, prompt.language) ?? []).slice(0, 4),
    hypotheses: prompt.causes.slice(0, 5).flatMap(cause => {
      const mechanism = fitting(prompt, cause.own)
      return mechanism.length === 0 ? [] : [{ causeId: cause.id, mechanism, contradictingIds: [], nextCheck: null, orderReason: null }]
    }),
    containment: proposals('containment'),
    corrective: proposals('corrective'),
    openQuestions: [],
    abstain: null,
  }
}

const everyClaim = (explanation: Explanation, change: (claim: ModelClaim, at: number) => ModelClaim): Explanation => {
  let at = 0
  const one = (claim: ModelClaim) => change(claim, at++)
  return {
    ...explanation,
    observations: explanation.observations.map(one),
    hypotheses: explanation.hypotheses.map(hypothesis => ({ ...hypothesis, mechanism: hypothesis.mechanism.map(one) })),
    containment: explanation.containment.map(action => ({ ...action, why: one(action.why) })),
    corrective: explanation.corrective.map(action => ({ ...action, why: one(action.why) })),
  }
}

const pick = <T>(list: readonly T[], random: () => number): T => list[Math.floor(random() * list.length)] as T

type Lie = { kind: 'number' | 'id' | 'lot' | 'cause'; en: (random: () => number) => string; zh: (random: () => number) => string }

const digits = (random: () => number, length: number) => Array.from({ length }, () => Math.floor(random() * 10)).join('')
const letters = (random: () => number, length: number) => Array.from({ length }, () => pick([...'BCDFGHJKLMNPQRSTVWXZ'], random)).join('')
const lot = (random: () => number) => pick([`${digits(random, 2)}${letters(random, 1)}${digits(random, 2)}`, `LOT-${digits(random, 5)}`, `${letters(random, 2)}-${digits(random, 4)}-${letters(random, 1)}`], random)
const oddNumber = (random: () => number) => 5_000 + Math.floor(random() * 90_000)

const lies: readonly Lie[] = [
  { kind: 'number', en: random => `The fleet shows ${oddNumber(random)} claims.`, zh: random => `车队共有 ${oddNumber(random)} 起报告。` },
  { kind: 'number', en: random => `The rate is ${(200 + random() * 700).toFixed(1)} times that of the rest.`, zh: random => `发生率为其余车辆的 ${(200 + random() * 700).toFixed(1)} 倍。` },
  { kind: 'number', en: random => `${pick(['Dozens of', 'Hundreds of', 'Several', 'Scores of', 'Countless'], random)} claims are open.`, zh: random => `${pick(['几十', '数百', '若干', '大量', '上千'], random)}起报告未结。` },
  { kind: 'number', en: random => `${pick(['Seventy-seven', 'Ninety-one', 'Three hundred', 'Six thousand'], random)} cars are affected.`, zh: random => `${pick(['七十七', '九百一十', '三千', '六万'], random)}辆车受影响。` },
  { kind: 'number', en: random => `About ${oddNumber(random)} injuries were counted.`, zh: random => `约 ${oddNumber(random)} 人受伤。` },
  { kind: 'id', en: random => `The evidence E${80 + Math.floor(random() * 20)} agrees.`, zh: random => `证据 E${80 + Math.floor(random() * 20)} 与此一致。` },
  { kind: 'id', en: random => `The code ${pick(['P', 'U', 'B', 'C'], random)}3${letters(random, 1).replace(/[^B-F]/, 'F')}${digits(random, 2)} was recorded.`, zh: random => `记录了故障码 ${pick(['P', 'U', 'B', 'C'], random)}3F${digits(random, 2)}。` },
  { kind: 'id', en: random => `Software ${letters(random, 3)}@${digits(random, 1)}.${digits(random, 2)}.7 was installed.`, zh: random => `安装了软件 ${letters(random, 3)}@${digits(random, 1)}.${digits(random, 2)}.7。` },
  { kind: 'lot', en: random => `Lot ${lot(random)} stands out.`, zh: random => `批次 ${lot(random)} 明显突出。` },
  { kind: 'lot', en: random => `Supplier ${pick(['Zentrix', 'Hanwei', 'Kolbermann', 'Nakashira', 'Ostrava Metals'], random)} delivered the parts.`, zh: random => `供应商${pick(['恒昌', '泰合', '鼎盛', '瑞祥', '欧泊'], random)}交付了零件。` },
  { kind: 'lot', en: random => `Cars built in plant ${pick(['Zwickau', 'Tilburg', 'Kolin', 'Rayong'], random)} stand out.`, zh: random => `工厂${pick(['滨城', '长兴', '北港', '临川'], random)}的车辆突出。` },
  { kind: 'cause', en: random => `The ${pick(['wiper motor', 'horn', 'sunroof', 'air bag', 'parking brake'], random)} causes the failure.`, zh: random => `故障由${pick(['雨刮电机', '喇叭', '天窗', '安全气囊', '驻车制动'], random)}引起。` },
  { kind: 'cause', en: random => `Moisture at the ${pick(['fuel pump', 'turbocharger', 'clutch', 'exhaust'], random)} of lot ${lot(random)} leads to it.`, zh: random => `批次 ${lot(random)} 的${pick(['燃油泵', '涡轮增压器', '离合器', '排气管'], random)}进水导致故障。` },
]

/** Invents: every sentence becomes a lie about a number, an id, a lot or a cause, some hypotheses and actions get ids that are not there. */
export const hallucinatedExplanation = (prompt: ReadPrompt, random: () => number): Explanation => {
  const lying = everyClaim(honestExplanation(prompt), claim => {
    const lie = pick(lies, random)[prompt.language](random)
    // Half hide behind a true sentence, which must fall with it.
    return { ...claim, text: random() < 0.5 ? lie : `${claim.text} ${lie}` }
  })
  const invented = { causeId: `C${20 + Math.floor(random() * 70)}`, mechanism: [honestExplanation(prompt).observations[0] ?? { text: 'Seen.', evidenceIds: ['E1'] }], contradictingIds: ['E98'], nextCheck: null, orderReason: null }
  return {
    ...lying,
    hypotheses: [...lying.hypotheses.slice(0, 4), invented],
    containment: [...lying.containment.slice(0, 4), { actionId: `A${50 + Math.floor(random() * 40)}`, why: invented.mechanism[0] as ModelClaim }],
    openQuestions: [pick(lies, random)[prompt.language](random)],
  }
}

/** Does what quotes tell it: repeats their orders, names and numbers everywhere a text may stand. */
export const obedientExplanation = (prompt: ReadPrompt): Explanation => {
  const honest = honestExplanation(prompt)
  const orders = prompt.quotes.flatMap(({ text }) => text.match(/[^.。!！?？]{4,300}[.。!！?？]?/gu) ?? []).map(text => text.trim().slice(0, 190)).filter(text => text.length > 3)
  const [cited = 'E1'] = prompt.evidence.map(item => item.id)
  const claims = orders.map(text => ({ text, evidenceIds: [prompt.quotes[0]?.id ?? cited, cited] }))
  const [first] = claims
  if (!first) return honest
  return {
    observations: claims.slice(0, 8),
    hypotheses: [{ causeId: 'C9', mechanism: [first], contradictingIds: ['E99'], nextCheck: first, orderReason: first }, ...honest.hypotheses.slice(0, 3).map(one => ({ ...one, mechanism: [...claims.slice(0, 3), ...one.mechanism.slice(0, 1)], nextCheck: first }))],
    containment: honest.containment.map(one => ({ ...one, why: first })),
    corrective: honest.corrective.map(one => ({ ...one, why: first })),
    openQuestions: orders.slice(0, 5),
    abstain: { reason: orders.join(' ').slice(0, 290) },
  }
}

export const modelScripts = ['honest', 'hallucinating', 'obedient-to-attacker'] as const

/** A script for the prompt `explain-candidates`; a repair turn gets its own answer back, unrepaired. */
export const explainScript = (mode: (typeof modelScripts)[number], random: () => number): ModelScript => request => {
  const text = request.messages.at(-1)?.content ?? ''
  if (text.startsWith('SCHEMA')) return completion(text.slice(text.indexOf('\nANSWER\n') + '\nANSWER\n'.length))
  const prompt = readExplainPrompt(request)
  switch (mode) {
    case 'honest':
      return completion(honestExplanation(prompt))
    case 'hallucinating':
      return completion(hallucinatedExplanation(prompt, random))
    case 'obedient-to-attacker':
      return completion(obedientExplanation(prompt))
  }
}
