// Indexes of the database as they are, those behind constraints included.
//
// Params   none
// Returns  one row an index: unique tells a uniqueness constraint; analyzer, dimensions and similarity are null where they mean nothing
SHOW INDEXES YIELD name, type, entityType, labelsOrTypes, properties, owningConstraint, options, state
WHERE type <> 'LOOKUP'
RETURN name AS name, type AS type, entityType AS entity, labelsOrTypes AS labels, properties AS properties,
  owningConstraint IS NOT NULL AS unique, state AS state,
  options['indexConfig']['fulltext.analyzer'] AS analyzer,
  options['indexConfig']['vector.dimensions'] AS dimensions,
  options['indexConfig']['vector.similarity_function'] AS similarity
ORDER BY name
