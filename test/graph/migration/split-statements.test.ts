import fc from 'fast-check'
import { expect, it } from 'vitest'
import { splitStatements, withoutComments } from '../../../src/graph/migration/split-statements.ts'

it.each([
  ['two statements', 'CREATE (a);\nCREATE (b);\n', ['CREATE (a)', 'CREATE (b)']],
  ['a last one without its end', 'CREATE (a);CREATE (b)', ['CREATE (a)', 'CREATE (b)']],
  ['a ; in a string', `SET n.x = 'a;b'; RETURN 1`, [`SET n.x = 'a;b'`, 'RETURN 1']],
  ['a ; in a double-quoted string', 'SET n.x = "a;b"; RETURN 1', ['SET n.x = "a;b"', 'RETURN 1']],
  ['an escaped quote', `SET n.x = 'it\\'s; so'; RETURN 1`, [`SET n.x = 'it\\'s; so'`, 'RETURN 1']],
  ['a ; in a quoted name', 'MATCH (n:`A;B`); RETURN 1', ['MATCH (n:`A;B`)', 'RETURN 1']],
  ['a ; in a line comment', '// one; two\nRETURN 1; // three;\n', ['// one; two\nRETURN 1']],
  ['a ; in a block comment', '/* one; two */ RETURN 1;', ['/* one; two */ RETURN 1']],
  ['an address in a string', `RETURN 'http://x;y' AS a; RETURN 2`, [`RETURN 'http://x;y' AS a`, 'RETURN 2']],
  ['only comments', '// nothing;\n/* here; */\n;;', []],
])('splits %s', (_, source, statements) => {
  expect(splitStatements(source)).toEqual(statements)
})

it('gives back each of the statements it was joined from', () => {
  const piece = fc.constantFrom('MATCH (n)', "'a;\\'b'", '"c;d"', '`e;f`', '/* g; */', '// h;\n', ' RETURN 1 ')
  const statement = fc.array(piece, { minLength: 1, maxLength: 6 }).map(pieces => `RETURN 0 ${pieces.join(' ')} `)
  const property = fc.property(fc.array(statement, { maxLength: 5 }), statements => {
    expect(splitStatements(statements.map(text => `${text}\n;`).join('\n'))).toEqual(statements.map(text => text.trim()))
  })
  fc.assert(property, { seed: 20261122, numRuns: 300 })
})

it('keeps what looks like a comment inside a string', () => {
  expect(withoutComments(`RETURN 'http://a' AS b // c`).trim()).toBe(`RETURN 'http://a' AS b`)
})
