#!/usr/bin/env bash
# Both sites on this machine, with invented people and talks, until Ctrl-C. Their stores are files under var/.
set -euo pipefail
cd "$(dirname "$0")/.."
export SCHERP_LOCAL=1 SCHERP_LINE_STORE="${SCHERP_LINE_STORE:-var/line.sqlite3}" SCHERP_STAFF_STORE="${SCHERP_STAFF_STORE:-var/staff.sqlite3}"
# Always open, so that it can be tried at any hour; with SCHERP_LINE_FILE=src/scherp/web/talks/line.toml it has hours.
export SCHERP_LINE_FILE="${SCHERP_LINE_FILE:-tests/always_open.toml}"
bin=.venv/bin
port=${PORT:-8000}
staff_port=${STAFF_PORT:-$((port + 1))}

for taken in "$port" "$staff_port"; do
  if (exec 3<>"/dev/tcp/127.0.0.1/$taken") 2>/dev/null; then
    echo "Something already answers at port $taken of this machine, perhaps an earlier 'make web'." >&2
    echo "Stop it, or take two other ports: make web PORT=8080 (the staff's site is then at 8081)." >&2
    exit 1
  fi
done

$bin/python manage.py public migrate --database line --verbosity 0
$bin/python manage.py staff migrate --verbosity 0
$bin/python manage.py staff migrate --database line --verbosity 0
told=$($bin/python manage.py staff demo)

trap 'trap "" TERM; trap - EXIT; kill 0' EXIT INT TERM  # the others, not this script once more
$bin/gunicorn scherp.web.public_site.wsgi --bind "127.0.0.1:$port" --threads 32 --graceful-timeout 2 --no-control-socket --log-level warning &
$bin/gunicorn scherp.web.staff_site.wsgi --bind "127.0.0.1:$staff_port" --threads 32 --graceful-timeout 2 --no-control-socket --log-level warning &
$bin/python manage.py staff audit link --every 1 &
while sleep 60; do $bin/python manage.py staff forget --verbosity 0 >/dev/null || true; done &
echo "For everyone:  http://127.0.0.1:$port/"
echo "For the staff: http://127.0.0.1:$staff_port/"
echo "$told"
echo "Stop with Ctrl-C."
wait -n
