"""The core of earkiv: domain, formats, rules, pipeline, use cases, ports and adapters."""
