"""The steps of a report: what each reads and writes, what is out of date, how it is executed and published."""
