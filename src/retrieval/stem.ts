const vowel = /[aeiouy]/

/** `stopp` → `stop`; `roll`, `press` and `buzz` keep their double letter. */
const undouble = (word: string): string =>
  /([^aeiouylsz])\1$/.test(word) ? word.slice(0, -1) : word

const withoutPlural = (word: string): string => {
  if (word.endsWith('sses')) return word.slice(0, -2)
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`
  if (/(ches|shes|xes|zes)$/.test(word)) return word.slice(0, -2)
  return /[^su]s$/.test(word) && word.length > 3 ? word.slice(0, -1) : word
}

/**
 * A light English stemmer: plural, `-ing`, `-ed`, `-ly`, silent `e`. It joins the inflections of one verb or noun ("charging", "charged", "charges")
 * and leaves derivations apart, so that "ignition" never meets "ignite".
 */
export const stem = (word: string): string => {
  let stemmed = withoutPlural(word)
  for (const [ending, shortest] of [['ing', 6], ['ed', 5], ['ly', 6]] as const) {
    const rest = stemmed.slice(0, -ending.length)
    if (stemmed.endsWith(ending) && stemmed.length >= shortest && vowel.test(rest)) {
      stemmed = undouble(rest)
      break
    }
  }
  return stemmed.length > 4 && stemmed.endsWith('e') ? stemmed.slice(0, -1) : stemmed
}
