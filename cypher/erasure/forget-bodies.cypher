// Forgets bodies of events that tell of some feedback; an event that is sent again is told anew.
//
// Params   $needles  LIST<STRING>
// Returns  nothing
MATCH (event:OutboxEvent)
WHERE any(needle IN $needles WHERE event.body CONTAINS needle)
REMOVE event.body
