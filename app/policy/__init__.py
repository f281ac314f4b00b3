"""What the rules say: dated data (`rules/*.toml`) and pure arithmetic over it.

Nothing here touches a database, a request or the clock; `now` is always handed
in. `plan.plan` is the one question the rest of the product asks, `rulebook.RULES`
the one place numbers come from. docs/rules.md is written from the same data.
"""
