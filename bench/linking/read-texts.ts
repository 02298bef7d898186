import { createHash } from 'node:crypto'
import { createSceneReader, type Scene } from '../../src/vocabulary/read-scene.ts'
import { notQuality } from '../../src/vocabulary/symptom-features.ts'
import { tellsNothing } from '../../src/vocabulary/wording-classes.ts'
import type { Vocabulary } from '../../src/vocabulary/index.ts'
import { type LabelledText, type Slot, slotsOf } from './labelled-texts.ts'

/** A labelled text as the forms read it, with the symptoms (`slots`) and components (`parts`) that are due and the fold of its family. */
export type ReadText = { labelled: LabelledText; scene: Scene; slots: Slot[]; parts: Slot[]; fold: number }

export const foldCount = 3
/** By lot, so that a family falls to the same fold whatever texts there are beside it. */
export const foldOf = (family: string): number => createHash('sha256').update(`fold:${family}`).digest().readUInt32BE(0) % foldCount

/** @param vocabulary one that was not made while looking at these texts. */
export function readTexts(texts: readonly LabelledText[], vocabulary: Vocabulary): ReadText[] {
  const read = createSceneReader(vocabulary)
  return texts.map(labelled => {
    const actual = labelled.findings.filter(({ modality }) => modality === 'actual')
    return { labelled, scene: read(labelled.text), fold: foldOf(labelled.family), slots: slotsOf(actual, 'symptom'), parts: slotsOf(actual, 'component') }
  })
}

const firstKeys = (slots: readonly Slot[]): string[] => slots.map(({ accepts }) => [...accepts][0] as string)

/** What is learned of a text: the first key of everything that is due, and the class of a text of which nothing is. */
export type Side = { keysOf: (text: ReadText) => string[]; noneOf: (text: ReadText) => string }
export const symptomSide: Side = { keysOf: ({ slots }) => firstKeys(slots), noneOf: ({ labelled }) => (labelled.qualityIssue ? tellsNothing : notQuality) }
export const componentSide: Side = { keysOf: ({ parts }) => firstKeys(parts), noneOf: () => tellsNothing }

/** What a text counts where weights and cuts are chosen: `dev` and what is judged have one writer, whose habits are to be met. */
export const exampleWeight = ({ labelled }: ReadText): number => (labelled.split === 'dev' ? 3 : 1)
