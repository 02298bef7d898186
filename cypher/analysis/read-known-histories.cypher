// Some cars with all that decides what they carried and ran, as far as it was received by an instant.
//
// Params   $ids    LIST<STRING>
//          $asOf   STRING, instant
// Returns  one row a car
UNWIND $ids AS id
MATCH (v:Vehicle {id: id})
RETURN v.id AS id, v.known AS known, v.make AS make, v.model AS model, v.modelYear AS modelYear, v.trim AS trim, v.plant AS plant, v.builtOn AS builtOn,
       v.soldOn AS soldOn, v.region AS region, v.options AS options, v.dataQuality AS dataQuality, v.factorySoftware AS factorySoftware,
       COLLECT {
         MATCH (v)-[b:BUILT_WITH]->(lot:PartLot) WHERE b.source IS NULL
         RETURN {partNo: lot.partNo, lot: lot.lot, component: b.component, position: b.position, serial: b.serial, condition: b.condition, builtOn: b.builtOn,
           supplier: b.supplier}
       } AS asBuilt,
       COLLECT {
         MATCH (v)<-[:REPAIRED]-(order:RepairOrder) WHERE order.receivedAt <= $asOf
         RETURN order {.id, .closedAt, .partsReplaced, .softwareAfter, .serviceCenter}
       } AS repairs,
       COLLECT {
         MATCH (v)<-[:INSTALLED_ON]-(install:SoftwareInstall) WHERE install.receivedAt <= $asOf
         RETURN install {.id, .module, .version, .installedAt, .channel, .result}
       } AS installs,
       COLLECT {
         MATCH (v)<-[:TAKEN_FROM]-(snapshot:TelemetrySnapshot) WHERE snapshot.receivedAt <= $asOf AND snapshot.software IS NOT NULL
         RETURN snapshot {.id, .capturedAt, .software}
       } AS observations
