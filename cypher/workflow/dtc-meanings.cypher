// Meaning of fault codes for one maker, the generic meaning where the maker has none of its own.
//
// Params   $codes  LIST<STRING>, without failure type
//          $maker  STRING or null, upper case
// Returns  one row a code that somebody explains
UNWIND $codes AS code
OPTIONAL MATCH (own:Dtc {id: code + '/' + $maker})
OPTIONAL MATCH (generic:Dtc {id: code})
WITH code, coalesce(own.meaning, generic.meaning) AS meaning
WHERE meaning IS NOT NULL
RETURN code AS code, meaning AS meaning
