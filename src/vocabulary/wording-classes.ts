/** Class of the wording models for words that tell no fault: "took it to the dealer". No key of the vocabulary. */
export const tellsNothing = 'nothing'
