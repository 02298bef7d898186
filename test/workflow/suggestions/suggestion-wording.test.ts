import { describe, expect, it } from 'vitest'
import { createSentences } from '../../../src/workflow/suggestions/suggestion-wording.ts'
import { files } from './facts-double.ts'

const { say } = createSentences(files.wording, 'en')

describe('a number with its word', () => {
  it('takes the first word for one and the second for all others', () => {
    expect(say('evidence', 'class', { claims: 1, vehicles: 1, population: 1 })).toBe('1 claim on 1 car; 1 car is in the field')
    expect(say('evidence', 'class', { claims: 0, vehicles: 2, population: 21 })).toBe('0 claims on 2 cars; 21 cars are in the field')
    expect(say('evidence', 'action', { label: 'quarantine', used: 1, held: 1, recurred: 0 })).toBe('quarantine: used 1 time before for this class, held 1, recurred 0')
  })

  it('is told as it was rounded', () => {
    expect(say('mechanism', 'confirmed', { ratio: '1.5' })).toContain('1.5 times')
  })

  it('says which value is not given', () => {
    expect(() => say('evidence', 'noCase')).toThrowError(/noCase asks for \{cases\}/)
  })
})
