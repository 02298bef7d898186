// Alerts of early warning, the scans that watched, and the lock of the watch.
CREATE CONSTRAINT alert_id IF NOT EXISTS FOR (n:Alert) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT alert_scan_id IF NOT EXISTS FOR (n:AlertScan) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT alert_watch_id IF NOT EXISTS FOR (n:AlertWatch) REQUIRE n.id IS UNIQUE;
