import type { Glossary } from './query-subject.ts'

/** The same glossary, each key expanded once: its surface forms are patterns, and expanding one can take a millisecond. */
export function rememberGlossary(glossary: Glossary): Glossary {
  const forms = new Map<string, readonly string[]>()
  const ancestors = new Map<string, readonly string[]>()
  const once = (memory: Map<string, readonly string[]>, key: string, read: () => readonly string[]): readonly string[] => {
    const value = memory.get(key) ?? read()
    // Words of a request that are no keys give nothing: they must not fill the memory.
    if (value.length > 0) memory.set(key, value)
    return value
  }
  return {
    ancestorsOf: key => once(ancestors, key, () => glossary.ancestorsOf(key)),
    formsOf: (key, language) => once(forms, `${language}:${key}`, () => glossary.formsOf(key, language)),
    resolveComponent: name => glossary.resolveComponent(name),
    resolveSymptom: name => glossary.resolveSymptom(name),
  }
}
