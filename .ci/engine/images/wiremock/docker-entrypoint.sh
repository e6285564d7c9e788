#!/usr/bin/env bash
# As in the official image: JAVA_OPTS for Java; options after the image's name and in
# WIREMOCK_OPTIONS for WireMock.
set -euo pipefail

# Both are lists of options, so they are split.
# shellcheck disable=SC2086
exec java ${JAVA_OPTS:-} -cp '/var/wiremock/lib/*:/var/wiremock/extensions/*' wiremock.Run \
  "$@" ${WIREMOCK_OPTIONS:-}
