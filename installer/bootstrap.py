#!/usr/bin/env python3
"""Set COML Toolkit up in this folder and start it, with nothing but Python itself.

    python3 installer/bootstrap.py run            open the example in the desktop program;
                                                  with no screen, make the example's files
    python3 installer/bootstrap.py run ARGS       the program itself with ARGS, as in: run library VTAC
    python3 installer/bootstrap.py test           everything CI checks: format, lint, types and tests
    python3 installer/bootstrap.py test ARGS      only pytest, with ARGS, as in: test -k form

The first run makes an environment in .venv and installs what installer/requirements.lock names,
each file checked against its hash. Later runs find that done and start at once.

Only the standard library, and no syntax newer than Python 3.8: an old Python must get as far as
being told that it is too old.
"""

import contextlib
import ctypes
import hashlib
import importlib.util
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
VENV = CHECKOUT / ".venv"
LOCK = CHECKOUT / "installer" / "requirements.lock"
PYPROJECT = CHECKOUT / "pyproject.toml"
STAMP = VENV / "coml-bootstrap.json"  # says what is installed; "unfinished" while it is being made
BUILD = CHECKOUT / "build"
PIP_LOG = BUILD / "bootstrap-pip.log"

OLDEST_PYTHON = (3, 11)
DOWNLOAD_MB = 310
NEEDED_MB = 1500  # the environment, the downloads and room to unpack them

OK, FAILED, WRONG_USAGE, WORLD_SAID_NO, CANCELLED = 0, 1, 2, 3, 4  # as the program's own exit codes


class Problem(Exception):
    """Something the user can put right: one sentence and a hint."""

    def __init__(self, message, hint=""):
        Exception.__init__(self, message)
        self.hint = hint


def say(text):
    """Tell the user what is happening; flushed, so that it stands before what other programs print."""
    print(text, flush=True)


# --- Python itself -----------------------------------------------------------------------------


def too_old(version):
    """Why this Python will not do, or nothing when it will."""
    if tuple(version[:2]) >= OLDEST_PYTHON:
        return ""
    return "COML Toolkit needs Python {}.{} or newer; this is Python {}.{}.".format(*OLDEST_PYTHON, *version[:2])


def newer_python(which=shutil.which):
    """A Python on this computer that is new enough, for when `python3` is not; the newest we know first."""
    for minor in range(14, OLDEST_PYTHON[1] - 1, -1):
        found = which("python3.{}".format(minor))
        if found:
            return found
    return None


def has_screen(platform, environ):
    """Whether a window would be seen."""
    if environ.get("QT_QPA_PLATFORM", "").split(":")[0] in ("offscreen", "minimal"):
        return False
    if platform in ("win32", "darwin"):
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


# --- What Qt needs of the system ---------------------------------------------------------------

# Read from PySide6 6.11 (the NEEDED entries of its libraries and plugins, less its own): the file asked for, and
# the Debian package that has it. "*" marks a package that got a "t64" at the end of its name when Debian 13 and
# Ubuntu 24.04 changed the size of time.
ANY_QT = {  # to load Qt at all, even with no screen
    "libglib-2.0.so.0": "libglib2.0-0*",
    "libgthread-2.0.so.0": "libglib2.0-0*",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libbrotlicommon.so.1": "libbrotli1",
    "libbrotlidec.so.1": "libbrotli1",
    "libzstd.so.1": "libzstd1",
    "libz.so.1": "zlib1g",
    "libstdc++.so.6": "libstdc++6",
}
A_SCREEN = {  # to open a window: X11 (xcb) and Wayland
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
A_WEB_PAGE = {  # to show a map inside the program (Qt WebEngine)
    "libXcomposite.so.1": "libxcomposite1",
    "libXdamage.so.1": "libxdamage1",
    "libXext.so.6": "libxext6",
    "libXfixes.so.3": "libxfixes3",
    "libXrandr.so.2": "libxrandr2",
    "libXtst.so.6": "libxtst6",
    "libasound.so.2": "libasound2*",
    "libexpat.so.1": "libexpat1",
    "libgbm.so.1": "libgbm1",
    "libnspr4.so": "libnspr4",
    "libnss3.so": "libnss3",
    "libnssutil3.so": "libnss3",
    "libsmime3.so": "libnss3",
    "libudev.so.1": "libudev1",
    "libxcb-dri3.so.0": "libxcb-dri3-0",
    "libxkbfile.so.1": "libxkbfile1",
}


def loads(soname):
    """Whether the system can load this library: asked of the loader itself, not of a package list."""
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def missing_libraries(wanted, loads=loads):
    """Those of the wanted libraries that this system has not."""
    return [soname for soname in wanted if not loads(soname)]


def debian_packages(sonames, has_t64_names):
    """The packages that hold these libraries, in the names of this release."""
    known = {}
    for group in (ANY_QT, A_SCREEN, A_WEB_PAGE):
        known.update(group)
    return sorted({known[soname].replace("*", "t64" if has_t64_names else "") for soname in sonames})


def has_t64_names(dpkg_info=Path("/var/lib/dpkg/info")):
    """Whether this Debian or Ubuntu has the package names of after the change of time (apt itself depends on one)."""
    return any(dpkg_info.glob("lib*t64*.list"))


def administrator():
    """What to put before a command to run it as root without a question: [], ["sudo", "-n"], or None if we may not."""
    if os.geteuid() == 0:
        return []
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        return ["sudo", "-n"]
    return None


def apt_command(packages):
    """The one line that a person types."""
    prefix = "" if os.geteuid() == 0 else "sudo "
    return "{0}apt-get update && {0}apt-get install -y {1}".format(prefix, " ".join(packages))


def apt_install(packages, why):
    """Install Debian packages if we may; True when they are there."""
    prefix = administrator()
    if prefix is None:
        return False
    say("Installing {} with apt-get: {}…".format(why, " ".join(packages)))
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    commands = (
        prefix + quiet + ["update"],
        prefix + quiet + ["install", "-y", "--no-install-recommends", *packages],
    )
    for command in commands:
        try:
            done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        except OSError as error:
            say("  {}: {}".format(command[0], error))
            return False
    if done.returncode != 0:
        for line in (done.stderr or done.stdout).strip().splitlines()[-3:]:
            say("  " + line)
    return done.returncode == 0


def system_libraries(wanted):
    """Install or name what Qt needs of the system; returns what is still missing."""
    if not sys.platform.startswith("linux"):
        return []
    missing = missing_libraries(wanted)
    if not missing:
        return []
    if not shutil.which("apt-get"):
        say("Qt needs these libraries, which this system has not: {}".format(" ".join(missing)))
        say("  Install the packages of your Linux that hold them.")
        return missing
    packages = debian_packages(missing, has_t64_names())
    if apt_install(packages, "what Qt needs"):
        missing = missing_libraries(missing)
    if missing:
        say("Qt needs system libraries that are missing. To install them:")
        say("  " + apt_command(debian_packages(missing, has_t64_names())))
    return missing


# --- The environment ---------------------------------------------------------------------------


def venv_python():
    """The Python inside the environment."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def clean_environ(environ=os.environ):
    """The surroundings, less what would make Python or pip look or install elsewhere than in the environment."""
    elsewhere = ("PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_REQUIRE_VIRTUALENV")
    clean = {name: value for name, value in environ.items() if name not in elsewhere}
    clean["PIP_USER"] = "0"
    clean["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
    return clean


def python_version_of(python):
    """The version of a Python, or nothing when it does not start (its base was removed or upgraded)."""
    try:
        done = subprocess.run(
            [str(python), "-I", "-c", "import sys; print(sys.version)"],
            capture_output=True,
            text=True,
            env=clean_environ(),
            check=False,
        )
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def digest(lock, pyproject):
    """What should be installed, as one short text: it changes when the lock or the project file does."""
    return hashlib.sha256(lock + b"\0" + pyproject).hexdigest()


def wanted_stamp(python_version):
    """What the stamp says of an environment that is complete, up to date, and in its place."""
    return {
        "installed": digest(LOCK.read_bytes(), PYPROJECT.read_bytes()),
        "python": python_version,
        "checkout": str(CHECKOUT),
    }


def state(stamp, wanted):
    """What the stamp found tells: "ready", "outdated" (install on top of it) or "broken" (make it anew)."""
    if stamp == wanted:
        return "ready"
    if stamp and wanted["python"] and all(stamp.get(key) == wanted[key] for key in ("python", "checkout")):
        return "outdated"
    return "broken"


def read_stamp():
    """What the stamp says; {} when the environment was not finished, None when it is not of our making."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
        return stamp if isinstance(stamp, dict) else {}
    except OSError:
        return None
    except ValueError:  # "unfinished"
        return {}


def look():
    """The state of the environment in this checkout."""
    stamp = read_stamp()
    return state(stamp, wanted_stamp(python_version_of(venv_python()))) if stamp else "broken"


def how_many(lock_text):
    """The number of packages in the lock."""
    return len(re.findall(r"^[A-Za-z0-9._-]+==", lock_text, re.MULTILINE))


def why_pip_failed(log):
    """pip's long story as one sentence and a hint."""
    if "No space left" in log or "Errno 28" in log:
        return "The disk is full.", "Free about {} MB and run the same command again.".format(NEEDED_MB)
    if "DO NOT MATCH THE HASHES" in log:
        return (
            "A downloaded package is not the one that was tested, and was refused.",
            "Try another network; if it stays so, report it: {} and the package named in the log.".format(LOCK.name),
        )
    if "Permission denied" in log or "Errno 13" in log:
        return "A file could not be written.", "Check that {} belongs to you.".format(CHECKOUT)
    network = (
        "NewConnectionError",
        "NameResolutionError",
        "ConnectTimeout",
        "ProxyError",
        "SSLError",
        "Read timed out",
    )
    if any(word in log for word in network) or ("Could not find a version" in log and "(from versions: none)" in log):
        return (
            "The packages could not be downloaded.",
            "The first run needs the internet: check the connection, and HTTPS_PROXY if you are behind a proxy; "
            "then run the same command again.",
        )
    if "Could not find a version" in log or "Requires-Python" in log:
        return (
            "A package has no version for this computer.",
            "This is Python {}.{} on {}; try Python 3.12 or a newer system.".format(
                *sys.version_info[:2], sys.platform
            ),
        )
    return "The packages could not be installed.", "Run the same command again; if it stays so, read the log."


def pip(*arguments):
    """Run the environment's pip, its words kept in a log."""
    BUILD.mkdir(exist_ok=True)
    with PIP_LOG.open("w", encoding="utf-8") as log:
        command = [str(venv_python()), "-I", "-m", "pip", "install", "--no-input", "--progress-bar", "off", *arguments]
        code = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=clean_environ(),
            cwd=str(CHECKOUT),
            check=False,
        ).returncode
    if code != 0:
        message, hint = why_pip_failed(PIP_LOG.read_text(encoding="utf-8", errors="replace"))
        raise Problem(message, "{} What pip said is in {}.".format(hint, PIP_LOG))


@contextlib.contextmanager
def only_one():
    """Let a second bootstrap in the same checkout wait until the first has made the environment."""
    BUILD.mkdir(exist_ok=True)
    with (BUILD / "bootstrap.lock").open("w", encoding="utf-8") as lock:
        if os.name == "nt":
            import msvcrt

            while True:
                try:
                    msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK, 1)  # gives up after ten seconds
                    break
                except OSError:
                    continue
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        yield  # the lock goes with the file, also when the program is killed


def make_environment():
    """An empty environment in .venv, in place of a broken one of ours."""
    if VENV.exists():
        if read_stamp() is None and any(VENV.iterdir()):
            raise Problem(
                "{} was not made by this program.".format(VENV),
                "Rename it or delete it, and run the same command again.",
            )
        say("Removing an environment that is unfinished, was moved, or lost its Python…")
        for child in VENV.iterdir():
            if child.is_dir() and not child.is_symlink():
                shutil.rmtree(str(child))
            elif child != STAMP:  # it goes last of all: it tells that the rest is ours to remove
                child.unlink()
    free_mb = shutil.disk_usage(str(CHECKOUT)).free // 1_000_000
    if free_mb < NEEDED_MB:
        raise Problem(
            "The disk has {} MB free; the first run needs {} MB.".format(free_mb, NEEDED_MB),
            "Make room, or put this folder on another disk.",
        )
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        package = "python{}.{}-venv".format(*sys.version_info[:2])
        installed = bool(shutil.which("apt-get")) and apt_install([package], "what Python needs to make an environment")
        importlib.invalidate_caches()
        if not installed or importlib.util.find_spec("ensurepip") is None:
            how = apt_command([package]) if shutil.which("apt-get") else "install Python's venv and ensurepip"
            raise Problem("This Python cannot make an environment: {} is missing.".format(package), how)
    say("Making an environment in {}…".format(VENV))
    VENV.mkdir(exist_ok=True)
    STAMP.write_text("unfinished", encoding="utf-8")
    base = getattr(sys, "_base_executable", None) or sys.executable
    done = subprocess.run(
        [base, "-I", "-m", "venv", str(VENV)], capture_output=True, text=True, env=clean_environ(), check=False
    )
    if done.returncode != 0:
        words = (done.stderr or done.stdout).strip().splitlines() or ["no reason given"]
        raise Problem("The environment could not be made: {}".format(words[-1]))


def install():
    """Bring the environment to what the lock says. The stamp is written last: without it nothing counts as done."""
    begun = time.monotonic()
    if look() == "broken":
        make_environment()
        download = "; about {} MB to download the first time".format(DOWNLOAD_MB)
    else:
        STAMP.write_text("unfinished", encoding="utf-8")
        download = ""
    say("Installing {} packages{}…".format(how_many(LOCK.read_text(encoding="utf-8")), download))
    pip("--require-hashes", "-r", str(LOCK))
    say("Installing COML Toolkit itself…")
    pip("--no-build-isolation", "--no-deps", "--editable", str(CHECKOUT))
    stamp = wanted_stamp(python_version_of(venv_python()))
    new = STAMP.with_suffix(".new")
    new.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    os.replace(str(new), str(STAMP))
    say("Ready after {:.0f} s.".format(time.monotonic() - begun))


def environment():
    """An environment that is ready; in seconds when it was."""
    if look() == "ready":
        return
    with only_one():
        if look() != "ready":  # unless another bootstrap made it while we waited
            install()


# --- The two commands --------------------------------------------------------------------------


def python(*arguments):
    """Run the environment's Python in the checkout; returns its exit code."""
    return subprocess.run(
        [str(venv_python()), *arguments], cwd=str(CHECKOUT), env=clean_environ(), check=False
    ).returncode


def program(*arguments):
    """Run the program where the user stands, so that the file names they give are the ones they mean."""
    command = [str(venv_python()), "-P", "-m", "ui.cli", *arguments]  # -P: no modules from that folder
    return subprocess.run(command, env=clean_environ(), check=False).returncode


def run(arguments):
    """Show the example: as a window, or as files when there is no screen to see a window on."""
    screen = has_screen(sys.platform, os.environ)
    environment()
    wanted = {**ANY_QT, **A_SCREEN, **A_WEB_PAGE} if screen else ANY_QT
    missing = system_libraries(wanted)
    if arguments:
        return program(*arguments)
    if screen and not any(soname in missing for soname in (*ANY_QT, *A_SCREEN)):
        say("Opening the example in the desktop program…")
        code = python("-m", "ui", "--example")
        if code < 0:
            say("The desktop program ended by itself (signal {}).".format(-code))
            say("  If this computer has no working screen, unset DISPLAY and WAYLAND_DISPLAY and run the same command.")
        return code
    say("No screen: making the example's files instead…" if not screen else "Making the example's files instead…")
    example = BUILD / "example"
    code = program("demo", str(example), "--force")
    if code == 0:
        say("The example is in {}".format(example))
        say("To work on it from the command line: {} --help".format(shown(VENV / venv_python().parent.name / "coml")))
    return code


def shown(path):
    """A path as one would type it here."""
    with contextlib.suppress(ValueError):
        path = path.relative_to(Path.cwd())
    return shlex.quote(str(path)) if os.name != "nt" else str(path)


def test(arguments):
    """Check everything, as CI does; with arguments, only pytest, with those."""
    environment()
    system_libraries({**ANY_QT, **A_WEB_PAGE})
    if arguments:
        return python("-m", "pytest", *arguments)
    steps = (
        ("format", ("-m", "ruff", "format", "--check", "--quiet", ".")),
        ("lint", ("-m", "ruff", "check", "--quiet", ".")),
        ("types", ("-m", "mypy")),
        ("tests", ("-m", "pytest", "-n", "auto", "--maxprocesses", "8")),
    )
    failed = []
    for name, command in steps:
        say("Checking {}: python {}".format(name, " ".join(command)))
        if python(*command) != 0:
            failed.append(name)
    say("Failed: {}.".format(", ".join(failed)) if failed else "All checks passed.")
    return FAILED if failed else OK


def main(arguments):
    """Do one command; every ordinary problem ends in one sentence and a hint."""
    # Pipes of CI and old consoles may know less than UTF-8; a progress line must not end the program.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    commands = {"run": run, "test": test}
    name, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if name in ("-h", "--help"):
        say(__doc__.strip())
        return OK
    if name not in commands:
        say(__doc__.strip())
        return WRONG_USAGE
    old = too_old(sys.version_info)
    if old:
        newer = newer_python()
        if newer:
            return subprocess.run([newer, str(Path(__file__).resolve()), *arguments], check=False).returncode
        print(old, file=sys.stderr)
        print("  Install a newer one beside it and run this file with that.", file=sys.stderr)
        return WORLD_SAID_NO
    if rest[:1] == ["--"]:
        rest = rest[1:]
    try:
        return commands[name](rest)
    except Problem as problem:
        print(str(problem), file=sys.stderr)
        if problem.hint:
            print("  " + problem.hint, file=sys.stderr)
    except OSError as error:  # no permission, no space: the system's words name the file
        print("{}: {}".format(error.strerror or "The system said no", error.filename or error), file=sys.stderr)
        print(
            "  Check that this folder can be written and its disk has room, and run the same command again.",
            file=sys.stderr,
        )
    except KeyboardInterrupt:
        print("\nStopped. Run the same command again to go on.", file=sys.stderr)
        return CANCELLED
    return WORLD_SAID_NO


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
