// Deletes relations between pairs of feedback, whichever way they point.
//
// Params   $edges   LIST<MAP> from, to, type (as in the graph)
// Returns  nothing
UNWIND $edges AS row
MATCH (:Feedback {id: row.from})-[edge:DUPLICATE_OF|SAME_ISSUE_AS|SIMILAR_TO|DISTINCT_FROM]-(:Feedback {id: row.to})
WHERE type(edge) = row.type
DELETE edge
