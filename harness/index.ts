export {
  command,
  container,
  defineConfig,
  env,
  postgres,
  rabbitmq,
  redis,
  wiremock,
} from './config/define-config.ts'
export type { Config } from './config/schema.ts'
export { contractsFolder } from './contract/consumers/contracts-folder.ts'
export {
  defineMessages,
  type MessageMetadata,
  type MessageProducer,
  type MessageProducers,
  type MessageRequest,
  type ProducedMessage,
} from './contract/messages.ts'
export {
  defineStates,
  type StateHandler,
  type StateHandlers,
  type StateParameters,
  type StateSetup,
  type StateValues,
} from './contract/states.ts'
export type { CommandAnswer, CommandCall, StandIn } from './guide/commands/stand-in.ts'
export type { GuideAnswer, GuideApi, GuideScope } from './guide/scope.ts'
export type {
  BeforeRequest,
  SignedRequest,
  SigningContext,
  UnsignedRequest,
} from './testbed/before-request.ts'
export type { DatabaseClient, Link, RestartOptions, Stub, Testbed } from './testbed/testbed.ts'
