// Cases known by an instant that name one of some model years, parts, lots or releases as affected.
//
// Params   $modelYearIds, $partIds, $lotIds, $releaseIds   LIST<STRING>
//          $at                                             STRING, instant
// Returns  one row a case; affected: JSON of its affected list as the record gives it
CALL () {
  UNWIND $modelYearIds AS id MATCH (:ModelYear {id: id})<-[:AFFECTED]-(found:Case) RETURN found
  UNION
  UNWIND $partIds AS id MATCH (:Part {id: id})<-[:AFFECTED]-(found:Case) RETURN found
  UNION
  UNWIND $lotIds AS id MATCH (:PartLot {id: id})<-[:AFFECTED]-(found:Case) RETURN found
  UNION
  UNWIND $releaseIds AS id MATCH (:SoftwareRelease {id: id})<-[:AFFECTED]-(found:Case) RETURN found
}
WITH found
WHERE coalesce(found.receivedAt, '') <= $at AND coalesce(found.openedAt, '') <= $at
RETURN found.id AS caseId, found.kind AS kind, found.title AS title, found.openedAt AS openedAt, found.closedAt AS closedAt,
       found.component AS component, found.rootCause AS rootCause, found.affected AS affected,
       COLLECT {
         MATCH (found)-[:CONTAINED_BY|CORRECTED_BY]->(action:Action)
         WHERE coalesce(action.effectiveFrom, '') <= $at
         RETURN action {.kind, .actionType, .text} ORDER BY action.kind, action.id
       } AS actions
ORDER BY openedAt DESC, caseId
