"""What a worker's environment must say on the machine on which this is called, a setting a line, for `env` and `export`."""

from __future__ import annotations

from pipeline.fleet.work import ENVIRONMENT

if __name__ == "__main__":
    for _name, _value in ENVIRONMENT.items():
        print(f"{_name}={_value}")
