# Sourced by bin/test and bench/run: a PostgreSQL of their own, thrown away at the end.

# The newest server installed; Debian keeps its programs out of PATH.
postgres_bin() {
  local initdb
  initdb=$( (find /usr/lib/postgresql/*/bin /usr/local/bin /usr/bin -maxdepth 1 -name initdb \
    2>/dev/null || true) | sort -V | tail -n 1)
  [ -z "$initdb" ] || dirname "$(readlink -f "$initdb")"
}

# PostgreSQL refuses to run as root; then its own user runs it.
as_server() {
  if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

# Only a socket in a folder nobody else can enter; "$@" are further settings.
start_postgres() {
  local bin options
  bin=$(postgres_bin)
  postgres=$(mktemp -d)
  trap stop_postgres EXIT
  [ "$(id -u)" != 0 ] || chown postgres "$postgres"
  as_server "$bin/initdb" --pgdata="$postgres/data" --username=tests --auth=trust \
    --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$postgres/initdb.log"
  options="-c listen_addresses= -c unix_socket_directories=$postgres -c max_connections=60"
  as_server "$bin/pg_ctl" --pgdata="$postgres/data" --log="$postgres/server.log" --wait --silent \
    --options="$options${*:+ ${*/#/-c }}" start
  export TEST_POSTGRES_URL="postgresql+psycopg://tests@/postgres?host=$postgres"
}

stop_postgres() {
  as_server "$(postgres_bin)/pg_ctl" --pgdata="$postgres/data" --mode=immediate --silent stop || true
  rm -rf "$postgres"
}
