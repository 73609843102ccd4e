#!/bin/sh
# Makes .venv with the program and what a desk needs in it (Word, PDF, web pages, the browser page), or, with dev, all
# that its tests need: sh setup.sh [dev].  Works on a fresh Debian or Ubuntu that has Python 3.11 or later.
set -eu
cd "$(dirname "$0")"
python=""
for candidate in ${PYTHON:-} python3.14 python3.13 python3.12 python3.11 python3 python; do
  if command -v "$candidate" >/dev/null 2>&1 && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    python=$candidate
    break
  fi
done
if [ -z "$python" ]; then
  echo "没有找到 Python 3.11 或更高版本，请先安装。" >&2
  exit 2
fi
if ! "$python" -m venv .venv 2>/dev/null; then
  # Debian and Ubuntu keep venv in a package of its own.
  rm -rf .venv
  root=""
  [ "$(id -u)" = 0 ] || root=sudo
  $root apt-get update -q
  $root apt-get install -y -q python3-venv "$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
  "$python" -m venv .venv
fi
if [ "${1:-}" = dev ]; then
  .venv/bin/python -m pip install -q --disable-pip-version-check -e '.[dev]'
else
  .venv/bin/python -m pip install -q --disable-pip-version-check -e '.[desk]'
fi
# Compiled once here, so that the first run is as quick as the next, even where Python may write no compiled files itself.
.venv/bin/python -m compileall -q checker
