# The Pact Broker as its own image runs it: everything is said by PACT_BROKER_… variables.
require "sequel"
# Deprecations are for the broker's authors.
Sequel::Deprecation.output = false
require "pact_broker"

run PactBroker::App.new
