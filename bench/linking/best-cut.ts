import { exampleWeight, type ReadText } from './read-texts.ts'
import { addHits, type Hits, microF1, noHits, oncePerSlot, timesHits } from './score-links.ts'

/** F1 of cuts around the best is flat: of those this near to it the one that invents least. With less, plain sentences of the tests tell faults nobody told. */
const asGood = 0.0015
const cuts = Array.from({ length: 31 }, (_, step) => Number((0.25 + step * 0.01).toFixed(2)))

/** Of the cuts that are as good as the best, where what is told twice is once wrong, the highest. */
export function bestCut(hitsAt: (cut: number) => Map<ReadText, Hits>): number {
  const weighed = (cut: number): number => microF1([...hitsAt(cut)].map(([text, hits]) => timesHits(oncePerSlot(hits), exampleWeight(text))).reduce(addHits, noHits)).f1
  const tried = cuts.map(cut => ({ cut, f1: weighed(cut) }))
  console.log(tried.map(({ cut, f1 }) => `${cut} ${f1}`).join(', '))
  const best = Math.max(...tried.map(({ f1 }) => f1))
  return (tried.findLast(({ f1 }) => f1 >= best - asGood) as typeof tried[number]).cut
}
