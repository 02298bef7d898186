import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expandParts } from '../../src/vocabulary/expand-pattern.ts'
import { formText } from '../../src/vocabulary/vocabulary-files.ts'
import { linker, vocabulary } from './shipped-vocabulary.ts'

const seeded = { seed: 20260214, numRuns: 300 }

const words = fc.constantFrom(
  '充不上电', '刹车', '没有', '异响', ' no ', 'battery', ' caught fire ', 'won’t start', '，', '。', '\n', 'P0AA6', '\ud800', '\udc00', '\u200b', 'ＡＣ', '😀', 'İ', '電池', 'a', ' ', '[vin:veh_00000000000000000000000000000000]',
)
const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.array(words, { maxLength: 30 }).map(parts => parts.join('')))

describe('any string', () => {
  it('links without throwing, to spans inside the text', () => {
    fc.assert(
      fc.property(text, source => {
        const links = linker.link(source)
        for (const { span } of [...links.findings, ...links.components, ...links.symptoms, ...links.dtcs, ...links.told]) {
          expect(span[0]).toBeGreaterThanOrEqual(0)
          expect(span[1]).toBeGreaterThan(span[0])
          expect(span[1]).toBeLessThanOrEqual(source.length)
        }
      }),
      seeded,
    )
  })

  it('links to known keys with a confidence in [0, 1]', () => {
    fc.assert(
      fc.property(text, source => {
        for (const { component, symptom, confidence } of linker.link(source).findings) {
          if (component !== null) expect(vocabulary.components.has(component)).toBe(true)
          if (symptom !== null) expect(vocabulary.symptoms.has(symptom)).toBe(true)
          expect(confidence).toBeGreaterThan(0)
          expect(confidence).toBeLessThanOrEqual(1)
        }
      }),
      seeded,
    )
  })

  it('links the same text alike each time', () => {
    fc.assert(
      fc.property(text, source => {
        expect(linker.link(source)).toEqual(linker.link(source))
      }),
      { ...seeded, numRuns: 100 },
    )
  })
})

describe('every symptom wording without a gap', () => {
  const forms = [...vocabulary.symptoms].flatMap(([key, term]) =>
    (['en', 'zh'] as const).flatMap(language => {
      const written = term.forms[language].map(form => expandParts(formText(form), vocabulary.files.patterns).find(parts => parts.length === 1)?.[0]?.[0])
      return written.flatMap(form => (form === undefined ? [] : [{ key, form }]))
    }),
  )

  it('links to its own symptom or one kind of it', () => {
    const lost = forms.filter(({ key, form }) => !linker.link(form).symptoms.some(symptom => vocabulary.isWithin(symptom.key, key)))
    expect(lost).toEqual([])
  })
})
