/** What speaks for and against two reports of one car telling of one problem. */
export const pairFeatures = [
  'alikeAcross', 'alikeUnread', 'sounds', 'sameClass', 'openClass', 'openComponent', 'otherSymptom', 'sameSystem', 'nothingShared', 'otherPart', 'bothUnread', 'service', 'details', 'otherCondition', 'wordsNotClass',
] as const
export type PairFeature = (typeof pairFeatures)[number]
