// Names that stand for something of the fleet: suppliers, plants and the models of its cars, as the sources spell them.
//
// Params   none
// Returns  one row a name, in order
CALL () {
  MATCH (supplier:Supplier) RETURN supplier.key AS name
  UNION
  MATCH (plant:Plant) RETURN plant.key AS name
  UNION
  MATCH (of:ModelYear) WHERE of.model IS NOT NULL RETURN of.model AS name
}
WITH name WHERE name IS NOT NULL
RETURN name
ORDER BY name
