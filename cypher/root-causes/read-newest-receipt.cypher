// When the newest feedback and the newest repair order were received: the end of what is known.
//
// Params   none
// Returns  one row; null without any
// Index    feedback_received_at, repair_order_received_at
CALL () {
  MATCH (feedback:Feedback) WHERE feedback.receivedAt > ''
  RETURN feedback.receivedAt AS receivedAt ORDER BY receivedAt DESC LIMIT 1
  UNION ALL
  MATCH (order:RepairOrder) WHERE order.receivedAt > ''
  RETURN order.receivedAt AS receivedAt ORDER BY receivedAt DESC LIMIT 1
}
RETURN max(receivedAt) AS receivedAt
