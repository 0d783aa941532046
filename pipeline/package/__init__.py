"""The replication package: one archive from which a stranger makes a published report again, byte for byte.

`make` asks the others in this order: `published` (is the report current?), `terms` and `data` (what of the raw data may
leave?), `stand_in` (what is put in place of the rest), `members` (which files go in), `readme`, `crate` and `prov` (what is
said of them), and `archive` writes. Nothing outside this folder knows it.
"""
