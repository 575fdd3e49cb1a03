"""How long commands take, beside a bare Python and a bare click: `python tests/bench/bench_cli.py`.

Prints and asserts nothing: seconds belong to a machine, so the ratios are what to compare.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 7
COML = "import sys; from ui.cli import main; sys.exit(main())"
CHECKOUT = Path(__file__).resolve().parents[2]


def fastest(code: str, *arguments: str, before: tuple[str, ...] = ()) -> float:
    """Seconds of the fastest of RUNS processes; `before` is a command that each needs first."""
    seconds = []
    for _ in range(RUNS):
        if before:
            subprocess.run([sys.executable, "-c", COML, *before], check=True, capture_output=True, cwd=CHECKOUT)
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code, *arguments], check=True, capture_output=True, cwd=CHECKOUT)
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def main() -> None:
    """One line for each command."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["COML_HOME"] = folder
        os.environ.pop("COML_UNIT", None)
        bare = fastest("pass")
        print(f"{'bare Python':45} {bare:.3f} s")
        print(f"{'bare Python with click':45} {fastest('import click'):.3f} s")

        def show(*words: str, before: tuple[str, ...] = ()) -> None:
            seconds = fastest(COML, *words, before=before)
            print(f"{' '.join(('coml', *words)):45.45} {seconds:.3f} s, {seconds / bare:5.1f} times bare Python")

        show("library", "VTAC", "--json")
        subprocess.run([sys.executable, "-c", COML, "demo", folder], check=True, capture_output=True, cwd=CHECKOUT)
        os.environ["COML_UNIT"] = str(Path(folder) / "example.coml")
        print("with the example's unit file:")
        show("library", "VTAC", "--json")
        show("plan", "list", "--json")
        show("plan", "diff")
        show("history", "--json")
        show("plan", "set", "2", "--remarks", "measured", before=("plan", "set", "2", "--remarks", "before"))
        show("form", "205", "--force", "-o", str(Path(folder) / "205.pdf"))
        show("demo", "--force", folder)


if __name__ == "__main__":
    main()
