"""What a run of ``contentkit post`` leaves for those who are not there: a heartbeat, alerts, a ping, lines in a log."""

HEARTBEAT_NAME = "heartbeat.json"
ALERTS_NAME = "alerts.json"
