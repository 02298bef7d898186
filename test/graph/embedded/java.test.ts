import { expect, it } from 'vitest'
import { findJava, majorVersionOf } from '../../../src/graph/embedded/java.ts'

it.each([
  ['openjdk version "17.0.15" 2025-04-15\nOpenJDK Runtime Environment', 17],
  ['java version "1.8.0_412"', 8],
  ['openjdk version "21" 2023-09-19', 21],
  ['openjdk version "25-ea" 2025-09-16', 25],
  ['The operation couldn’t be completed. Unable to locate a Java Runtime.', null],
])('reads the version of %j', (output, major) => {
  expect(majorVersionOf(output)).toBe(major)
})

it('says where it looked in vain', () => {
  expect(findJava({ PATH: '/nowhere' })).toMatchObject({ ok: false, problem: expect.stringContaining('PATH') as string })
  expect(findJava({ PATH: '/nowhere', JAVA_HOME: '/no/jdk' })).toMatchObject({ ok: false, problem: expect.stringContaining('/no/jdk/bin/java') as string })
})
