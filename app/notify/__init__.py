"""The post room: what happened becomes messages, and messages reach people (docs/notify.md)."""
