"""Sources at web addresses: found, fetched, followed and asked again; see `gather`."""
