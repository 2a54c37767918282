"""Open data of the reading room: OAI-PMH, sitemap, feed, schema.org and DCAT, all from the public store alone."""
