// Links to a record that arrives later: the snapshot a feedback was sent with, the feedback a repair order answers.
CREATE INDEX feedback_snapshot_id IF NOT EXISTS FOR (n:Feedback) ON (n.snapshotId);
CREATE INDEX repair_order_feedback_id IF NOT EXISTS FOR (n:RepairOrder) ON (n.feedbackId);
