"""Whether the groups were alike and on the same path before treatment, and which comparisons the two-way regression makes."""
