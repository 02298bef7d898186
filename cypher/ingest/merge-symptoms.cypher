// Symptoms that texts were linked to; labels come with the vocabulary.
//
// Params   $keys   LIST<STRING>, sorted
// Returns  nothing
UNWIND $keys AS key
MERGE (:Symptom {id: key})
