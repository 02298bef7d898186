// All that decides what some cars carried and ran, and what is written of it now.
//
// Params   $ids   LIST<STRING>, vehicles this transaction holds
// Returns  one row a car; builtWith without source is the as-built record
UNWIND $ids AS id
MATCH (v:Vehicle {id: id})
RETURN v.id AS id,
       v.builtOn AS builtOn,
       v.factorySoftware AS factorySoftware,
       COLLECT {
         MATCH (v)<-[:REPAIRED]-(order:RepairOrder)
         RETURN order {.id, .closedAt, .partsReplaced, .softwareAfter, .historyFlags}
       } AS repairs,
       COLLECT {
         MATCH (v)<-[:INSTALLED_ON]-(install:SoftwareInstall)
         RETURN install {.id, .module, .version, .installedAt, .channel, .result}
       } AS installs,
       COLLECT {
         MATCH (v)<-[:TAKEN_FROM]-(snapshot:TelemetrySnapshot)
         WHERE snapshot.software IS NOT NULL OR snapshot.historyFlags IS NOT NULL
         RETURN snapshot {.id, .capturedAt, .software, .historyFlags}
       } AS observations,
       COLLECT {
         MATCH (v)-[b:BUILT_WITH]->(lot:PartLot)
         RETURN {edge: elementId(b), lotId: lot.id, partNo: lot.partNo, lot: lot.lot, component: b.component, position: b.position,
           serial: b.serial, condition: b.condition, builtOn: b.builtOn, supplier: b.supplier, source: b.source, from: b.from, to: b.to}
       } AS builtWith,
       COLLECT {
         MATCH (v)-[ran:RAN]->(release:SoftwareRelease)
         RETURN {edge: elementId(ran), releaseId: release.id, module: ran.module, version: release.version, channel: ran.channel,
           observed: ran.observed, from: ran.from, to: ran.to}
       } AS ran
