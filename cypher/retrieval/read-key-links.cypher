// How the keys of cases hang together: lots with their part and supplier, parts with their component, fault codes with the components they point
// at, components with what they are part of. The top of the component tree is left out: that two cases share a system says next to nothing.
//
// Params   none
// Returns  one row a link, in no order
CALL () {
  MATCH (lot:PartLot)-[:LOT_OF]->(part:Part) WHERE (lot)<-[:AFFECTED]-(:Case)
  RETURN DISTINCT 'lot' AS fromKind, lot.id AS fromId, 'part' AS toKind, part.id AS toId
  UNION
  MATCH (lot:PartLot)-[:SUPPLIED_BY]->(supplier:Supplier) WHERE (lot)<-[:AFFECTED]-(:Case)
  RETURN DISTINCT 'lot' AS fromKind, lot.id AS fromId, 'supplier' AS toKind, supplier.id AS toId
  UNION
  MATCH (:Case)-[:AFFECTED]->(affected:Part|PartLot)-[:LOT_OF*0..1]->(part:Part)-[:REALIZES]->(component:Component)
  RETURN DISTINCT 'part' AS fromKind, part.id AS fromId, 'component' AS toKind, component.id AS toId
  UNION
  MATCH (:Case)-[:MENTIONS]->(generic:Dtc)<-[:SPECIALIZES*0..1]-(dtc:Dtc)-[:POINTS_AT]->(component:Component)
  RETURN DISTINCT 'dtc' AS fromKind, generic.code AS fromId, 'component' AS toKind, component.id AS toId
  UNION
  MATCH (component:Component)-[:PART_OF]->(parent:Component) WHERE (parent)-[:PART_OF]->(:Component)
  RETURN DISTINCT 'component' AS fromKind, component.id AS fromId, 'component' AS toKind, parent.id AS toId
}
RETURN fromKind, fromId, toKind, toId
