"""Many studies at once: their reports on Dask workers, and one page over all of them."""
