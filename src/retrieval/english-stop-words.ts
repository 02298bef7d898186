/** Words that carry no fault: articles, pronouns, auxiliaries, and the filler of owners' letters. Negations are kept in the text, not here. */
export const englishStopWords: ReadonlySet<string> = new Set(
  (
    'a about above after again all also am an and any are as at be became because been before being below between both but by came can come could did do does doing done ' +
    'down during each even ever few for from further get gets getting go goes going got had has have having he her here hers him his how i if in into is it its ' +
    "itself just like made make many may me might more most much must my myself nor now of on once one only or other our ours out over own per said same say says she " +
    'should since so some still such than that the their theirs them then there these they this those through to too under until up upon us very was we were what ' +
    'when where which while who whom why will with would yet you your yours yourself'
  ).split(' '),
)
