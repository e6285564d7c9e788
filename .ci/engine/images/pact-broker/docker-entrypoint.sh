#!/usr/bin/env bash
# As in the official image: PACT_BROKER_… variables say everything. Basic authentication is on where a
# user and a password are named; without a database there is one in the container.
set -euo pipefail

if [ -n "${PACT_BROKER_BASIC_AUTH_USERNAME:-}" ] && [ -n "${PACT_BROKER_BASIC_AUTH_PASSWORD:-}" ]; then
  export PACT_BROKER_BASIC_AUTH_ENABLED=true
fi
if [ -z "${PACT_BROKER_DATABASE_URL:-}${PACT_BROKER_DATABASE_ADAPTER:-}" ]; then
  export PACT_BROKER_DATABASE_URL=sqlite:////tmp/pact_broker.sqlite3
fi
exec ruby -W0 "$GEM_HOME/bin/puma" --quiet --threads 1:5 \
  --bind "tcp://0.0.0.0:$PACT_BROKER_PORT" "$@" /usr/local/share/pact_broker/config.ru
