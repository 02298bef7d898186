import { expect, it } from 'vitest'
import { preferredType, prefers } from '../../src/api/preferred-type.ts'

it.each([
  ['text/csv', true], ['text/csv, application/json', true], ['application/json, text/csv', false], ['*/*', false], [undefined, false], ['TEXT/CSV;q=0.9', true],
  ['text/csv;q=0.5, application/json;q=0.9', false], ['application/json;q=0.5, text/csv;q=0.9', true], ['application/json; q=0.5, text/csv', true], ['text/csv;q=0', false],
  ['text/csv;q=0.5, */*', false], ['*/*, text/csv', true], ['text/csv, */*;q=0.8', true], ['text/csv;q=0.5, application/*;q=0.8', false], ['text/csv;q=high', true],
])('reads Accept: %s', (accept, wanted) => expect(prefers(accept, 'text/csv')).toBe(wanted))

it.each([
  ['text/markdown;q=0.5, application/json;q=0.9', 'application/json'], ['text/html, text/markdown;q=0.5', 'text/html'], ['text/markdown, text/html', 'text/markdown'],
  ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'text/html'], ['image/png', 'application/json'], ['application/json;q=0, text/html;q=0', 'application/json'],
])('chooses of several by Accept: %s', (accept, wanted) => expect(preferredType(accept, ['text/markdown', 'text/html'])).toBe(wanted))
