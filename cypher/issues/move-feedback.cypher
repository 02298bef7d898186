// Moves feedback from one issue to another.
//
// Params   $from, $to  STRING, issue ids
//          $moves      LIST<{feedbackId STRING, path LIST<STRING>}>
// Returns  one row; moved: how many were there to move
MATCH (target:Issue {id: $to})
UNWIND $moves AS move
MATCH (feedback:Feedback {id: move.feedbackId})-[old:RAISED]->(:Issue {id: $from})
DELETE old
MERGE (feedback)-[raised:RAISED]->(target)
SET raised.path = CASE WHEN size(move.path) > 0 THEN move.path ELSE null END
RETURN count(*) AS moved
