"""One process that runs many actions, as a function runtime does: a line in, a line out.

Each line is a JSON object: the command and its environment. `main.main()` builds the module anew
for each, which is what the platform's function runtime relies on.
"""

import json
import os
import sys

from sekoia_automation import storage

import main


def serve() -> None:
    """Run what each line of stdin asks for."""
    inherited = dict(os.environ)
    for line in sys.stdin:
        asked = json.loads(line)
        os.environ.clear()
        os.environ.update(inherited | asked["environment"])
        sys.argv = ["main.py", asked["command"]]
        storage.get_data_path.cache_clear()
        main.main()
        sys.stdout.write("done\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
