import { createLinker, createVocabulary, filedComponent, type LinkedText, type VocabularyFiles } from '../../src/vocabulary/index.ts'
import type { LinkCalibration } from '../../src/vocabulary/vocabulary-files.ts'
import { type LabelledText, slotsOf } from './labelled-texts.ts'

type Shares = LinkCalibration['components']
type Judged = { ground: Ground; isRight: boolean }

/** Values that no chance takes by accident: the linker says by the confidence it returns what it went by. */
const marks = { form: 0.951, shown: 0.357, unsettled: 0.852, weak: 0.753, dtc: 0.454, failing: 0.655, mentioned: 0.556, implied: 1 } as const
type Ground = keyof typeof marks
const grounds = Object.keys(marks) as Ground[]
const marked = (confidence: number): Ground | undefined => grounds.find(ground => marks[ground] === confidence)

const counts = ({ negated, past, hypothetical }: LinkedText['findings'][number]): boolean => !negated && !past && !hypothetical

/** One pseudo-count for either answer: a share of five examples is no certainty. */
const shareOf = (judged: readonly Judged[], ground: Ground): number => {
  const own = judged.filter(one => one.ground === ground)
  return Number(((own.filter(({ isRight }) => isRight).length + 1) / (own.length + 2)).toFixed(2))
}

/** Texts with a vocabulary that was neither made nor fitted on them, the judge included. */
export type SharePart = { texts: readonly LabelledText[]; files: VocabularyFiles }

function judgedIn({ texts, files }: SharePart): Judged[] {
  const { calibration } = files
  const vocabulary = createVocabulary({ ...files, calibration: { ...calibration, links: { ...calibration.links, components: marks } } })
  const linker = createLinker(vocabulary)
  return texts.flatMap(text => {
    const slots = slotsOf(text.findings.filter(({ modality }) => modality === 'actual'), 'component')
    const judge = (ground: Ground | undefined, key: string | null): Judged[] =>
      ground === undefined || key === null ? [] : [{ ground, isRight: slots.some(({ accepts }) => accepts.has(key)) }]
    const { findings, components } = linker.link(text.text)
    return [
      ...components.flatMap(({ key, confidence }) => judge(marked(confidence), key)),
      ...findings.filter(counts).flatMap(finding => {
        const filed = filedComponent(vocabulary, finding)
        if (finding.symptom === null) return judge(marked(finding.confidence), filed)
        return filed === finding.component ? [] : judge('implied', filed)
      }),
    ]
  })
}

/** How often a component is right by what speaks for it. */
export function componentShares(parts: readonly SharePart[]): Shares {
  const judged = parts.flatMap(judgedIn)
  return Object.fromEntries(grounds.map(ground => [ground, shareOf(judged, ground)])) as Shares
}
