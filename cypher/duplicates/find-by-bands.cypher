// Feedback whose words share a band of MinHash with some texts, of all that was committed before.
//
// Params   $asked   LIST<MAP> id, bands (words to ask for)
//          $k       INTEGER, 1..200, feedback a text
// Returns  one row a text; found: ids, most bands first
// Index    feedback_bands
CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()
UNWIND $asked AS row
CALL (row) {
  CALL db.index.fulltext.queryNodes('feedback_bands', row.bands, {limit: toInteger($k)}) YIELD node AS record, score
  WITH record, score WHERE record.id <> row.id
  WITH record ORDER BY score DESC, record.id
  RETURN collect(record.id) AS found
}
RETURN row.id AS id, found AS found
