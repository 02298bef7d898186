import { describe, expect, it } from 'vitest'
import { createPrototypes } from '../../src/vocabulary/prototypes.ts'
import { linker, vocabulary } from './shipped-vocabulary.ts'

const floats = (values: number[]): string => Buffer.from(Float32Array.from(values).buffer).toString('base64')
const levels = (values: number[]): string => Buffer.from(Int8Array.from(values).buffer).toString('base64')
/** Two symptoms in two dimensions: one lies east, the other north; one step of a prototype is worth 0.01. */
const tiny = { about: '', modelId: 'm', classes: ['noise', 'smoke'], mean: floats([0, 0]), bias: [0, 0], scale: [0.01, 0.01], weights: levels([100, 0, 0, 100]) }

describe('what the vector of a text lies near', () => {
  it('is a softmax over the prototypes', () => {
    const reading = createPrototypes(tiny).read(Float32Array.from([1, 0]))
    // logits 1 and 0: e / (e + 1) = 0.7311
    expect(reading.shareOf('noise')).toBeCloseTo(0.7311, 4)
    expect(reading.highest).toBeCloseTo(0.7311, 4)
    expect(reading.shareOf('fire')).toBeUndefined()
  })

  it('is read with the mean of all texts taken out', () => {
    // (1, 1) − (1, 0) = (0, 1): north
    expect(createPrototypes({ ...tiny, mean: floats([1, 0]) }).read(Float32Array.from([1, 1])).shareOf('smoke')).toBeCloseTo(0.7311, 4)
  })

  it('refuses weights that do not fit their sizes', () => {
    expect(() => createPrototypes({ ...tiny, weights: levels([1, 2, 3]) })).toThrow(expect.objectContaining({ code: 'FB_VOCABULARY_INVALID' }))
  })
})

describe('a text linked with its vector', () => {
  const { prototypes } = vocabulary.files.calibration
  const size = Buffer.from(prototypes.mean, 'base64').length / 4
  const ofRow = (key: string): Float32Array => {
    const packed = Buffer.from(prototypes.weights, 'base64')
    const all = new Int8Array(packed.buffer, packed.byteOffset, packed.length)
    const row = prototypes.classes.indexOf(key)
    const point = Float32Array.from(all.subarray(row * size, (row + 1) * size))
    const length = Math.hypot(...point)
    const mean = new Float32Array(Uint8Array.from(Buffer.from(prototypes.mean, 'base64')).buffer)
    return point.map((value, at) => value / length + (mean[at] as number))
  }
  const text = '后面又开始那样了，跟昨天一个样'

  it('is linked by what it lies near, where the words say little', () => {
    const { symptoms } = linker.link(text, { vector: { modelId: prototypes.modelId, embedding: ofRow('noise') } })
    expect(symptoms).toContainEqual(expect.objectContaining({ key: 'noise', method: 'embedding' }))
    expect(linker.link(text).symptoms.map(({ key }) => key)).not.toContain('noise')
  })

  it('is linked as without one where the vector is of another model', () => {
    expect(linker.link(text, { vector: { modelId: 'other', embedding: ofRow('noise') } })).toEqual(linker.link(text))
  })
})
