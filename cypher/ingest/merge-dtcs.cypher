// Generic nodes of the fault codes that records name. `known` stays false until a dictionary explains the code.
//
// Params   $codes   LIST<STRING>, sorted
// Returns  nothing
UNWIND $codes AS code
MERGE (dtc:Dtc {id: code})
ON CREATE SET dtc.code = code, dtc.maker = 'GENERIC', dtc.known = false
