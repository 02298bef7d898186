// One car with its parts, software and records, one past case, one issue: every label and relationship of the graph model at least once.
//
// Params   $embedding LIST<FLOAT>, 384 long
// Returns  nothing
CREATE (battery:Component {id: 'high-voltage-battery', labelEn: 'High-voltage battery', labelZh: '动力电池', definition: 'Traction battery'})
CREATE (component:Component {id: 'battery-pack', labelEn: 'Battery pack', labelZh: '电池包', definition: 'Pack of cells'})
CREATE (symptom:Symptom {id: 'loss-of-power', labelEn: 'Loss of power', labelZh: '失去动力', definition: 'Drive power is lost'})
CREATE (:Hazard {id: 'stranding', labelEn: 'Stranding', labelZh: '抛锚', definition: 'The car stops in traffic'})
CREATE (dtc:Dtc {id: 'P0AA6', code: 'P0AA6', maker: 'GENERIC', meaning: 'Hybrid battery voltage system isolation fault', known: true})
CREATE (own:Dtc {id: 'P0AA6/KIA', code: 'P0AA6', maker: 'KIA', meaning: 'Isolation fault', known: true})
CREATE (:Signal {id: 'KIA/EV6/soc', name: 'soc', unit: '%', label: 'State of charge', min: 0.0, max: 100.0, seen: 10, p01: 5.0, p50: 60.0, p99: 99.0})
CREATE (part:Part {id: '37501-CV000'})
CREATE (supplier:Supplier {id: 'S-100'})
CREATE (plant:Plant {id: 'hwaseong'})
CREATE (center:ServiceCenter {id: 'SC-1'})
CREATE (lot:PartLot {id: '37501-CV000/21W08', partNo: '37501-CV000', lot: '21W08'})
CREATE (release:SoftwareRelease {id: 'BMS@1.2.0', module: 'BMS', version: '1.2.0'})
CREATE (modelYear:ModelYear {id: 'kia/ev6/2022', make: 'KIA', model: 'EV6', modelYear: 2022})
CREATE (car:Vehicle {id: 'veh_00000000000000000000000000000001', known: true, make: 'KIA', model: 'EV6', modelYear: 2022, plant: 'hwaseong',
  builtOn: '2022-01-10', soldOn: '2022-02-01', region: 'US-CA', dataQuality: [], contentSha256: '00', asBuilt: '{}'})
CREATE (feedback:Feedback {id: 'app:F-1', channel: 'app', sourceId: 'F-1', text: 'The car lost power on the motorway', matchText: 'the car lost power on the motorway',
  language: 'en', occurredAt: '2022-09-01T02:00:00.000Z', receivedAt: '2022-09-01T02:11:00.000Z', make: 'KIA', model: 'EV6', modelYear: 2022,
  odometerKm: 12000, crash: false, fire: false, injuries: 0, dataQuality: [], contentSha256: '01', textSha256: '02', embedding: $embedding,
  embeddingModel: 'sample/fp32', embed: false})
CREATE (snapshot:TelemetrySnapshot {id: 'T-1', capturedAt: '2022-09-01T02:00:00.000Z', receivedAt: '2022-09-01T02:12:00.000Z', trigger: 'event',
  odometerKm: 12000, ambientC: 31.5, software: '{}', signals: '{}', dataQuality: [], contentSha256: '03'})
CREATE (order:RepairOrder {id: 'RO-1', repairOrderId: 'RO-1', openedAt: '2022-09-02T00:00:00.000Z', closedAt: '2022-09-03T00:00:00.000Z', receivedAt: '2022-09-03T01:00:00.000Z',
  complaint: 'loss of power', cause: 'moisture in the pack', correction: 'pack replaced', text: 'loss of power moisture in the pack pack replaced',
  matchText: 'loss of power moisture in the pack pack replaced', language: 'en', laborOperations: '[]', partsReplaced: '[]', softwareBefore: '{}',
  softwareAfter: '{}', result: 'repaired', warranty: true, odometerKm: 12010, dataQuality: [], contentSha256: '04'})
CREATE (install:SoftwareInstall {id: 'h_1', module: 'BMS', version: '1.2.0', installedAt: '2022-05-01T00:00:00.000Z', receivedAt: '2022-05-01T00:00:10.000Z',
  channel: 'ota', result: 'ok', contentSha256: '05'})
CREATE (finding:Finding {id: 'h_2', spanStart: 8, spanEnd: 18, confidence: 0.9, method: 'dictionary', negated: false, past: false, hypothetical: false,
  vocabularyVersion: 'v1'})
CREATE (pastCase:Case {id: 'C-1', kind: '8d', title: 'Loss of power after rain', openedAt: '2021-01-01T00:00:00.000Z', closedAt: '2021-06-01T00:00:00.000Z',
  receivedAt: '2021-06-02T00:00:00.000Z', language: 'en', symptom: 'loss-of-power', failureMode: 'isolation loss', failureEffect: 'power cut',
  rootCause: 'seal compressed too little', escapePoint: 'leak test skipped', component: 'battery-pack', verification: '{}', affected: '{}',
  text: 'Loss of power after rain', matchText: 'loss of power after rain', contentSha256: '06', textSha256: '07', embedding: $embedding,
  embeddingModel: 'sample/fp32', embed: false})
CREATE (mode:FailureMode {id: 'h_3', text: 'isolation loss'})
CREATE (cause:Cause {id: 'h_4', text: 'seal compressed too little'})
CREATE (containment:Action {id: 'h_5', kind: 'ICA', actionType: 'stop-sale', text: 'Hold the lot', effectiveFrom: '2021-02-01'})
CREATE (corrective:Action {id: 'h_6', kind: 'PCA', actionType: 'design-change', text: 'Thicker seal', effectiveFrom: '2021-05-01'})
CREATE (version:RecordVersion {id: 'h_7', kind: 'feedback', receivedAt: '2022-09-01T02:10:00.000Z', content: '{}', contentSha256: '08'})
CREATE (issue:Issue {id: 'ISS-1', state: 'new', severity: 'S2', component: 'battery-pack', symptom: 'loss-of-power', model: 'kia/ev6/*',
  openedAt: '2022-09-01T02:11:00.000Z', lastActivityAt: '2022-09-01T02:11:00.000Z', firstResponseDueAt: '2022-09-02T02:11:00.000Z',
  resolutionDueAt: '2022-10-01T02:11:00.000Z'})
CREATE (component)-[:PART_OF]->(battery), (part)-[:REALIZES]->(component), (lot)-[:LOT_OF]->(part), (lot)-[:SUPPLIED_BY]->(supplier)
CREATE (own)-[:SPECIALIZES]->(dtc), (dtc)-[:POINTS_AT]->(component)
CREATE (car)-[:BUILT_WITH {component: 'battery-pack', position: '', from: '2022-01-10'}]->(lot)
CREATE (car)-[:RAN {module: 'BMS', from: '2022-05-01T00:00:00.000Z', channel: 'ota', observed: true}]->(release)
CREATE (car)-[:OF_MODEL]->(modelYear), (car)-[:MADE_AT]->(plant), (install)-[:INSTALLED_ON]->(car), (install)-[:INSTALLS]->(release)
CREATE (feedback)-[:ABOUT]->(car), (feedback)-[:SENT_WITH]->(snapshot), (feedback)-[:MENTIONS]->(dtc), (pastCase)-[:MENTIONS]->(dtc)
CREATE (snapshot)-[:TAKEN_FROM]->(car), (snapshot)-[:RECORDED {status: 9, failureType: '00', ecu: 'BMS'}]->(dtc)
CREATE (order)-[:REPAIRED]->(car), (order)-[:REMOVED {component: 'battery-pack', position: ''}]->(lot), (order)-[:AT]->(center)
CREATE (order)-[:INSTALLED {component: 'battery-pack', position: ''}]->(lot), (order)-[:RECORDED {failureType: '00'}]->(dtc), (order)-[:ANSWERS]->(feedback)
CREATE (feedback)-[:HOLDS]->(finding), (finding)-[:SHOWS]->(symptom), (finding)-[:CONCERNS]->(component)
CREATE (pastCase)-[:SHOWED]->(symptom), (pastCase)-[:ON]->(component), (pastCase)-[:CAUSED_BY]->(cause), (cause)-[:LEADS_TO]->(mode)
CREATE (mode)-[:OF]->(component), (mode)-[:SHOWS_AS]->(symptom), (pastCase)-[:CONTAINED_BY {effectiveFrom: '2021-02-01'}]->(containment)
CREATE (pastCase)-[:CORRECTED_BY {effectiveFrom: '2021-05-01'}]->(corrective), (pastCase)-[:AFFECTED]->(modelYear), (pastCase)-[:AFFECTED]->(lot)
CREATE (feedback)-[:CONFIRMED_FOR {at: '2022-10-01T00:00:00.000Z', by: 'li'}]->(pastCase)
CREATE (feedback)-[:SUPERSEDES]->(version), (feedback)-[:RAISED]->(issue), (issue)-[:LOOKS_LIKE {score: 0.7, facets: '{}'}]->(pastCase)
