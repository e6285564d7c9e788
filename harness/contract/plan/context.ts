/** What a plan for a contract needs to know of its integration. */
export interface ContractContext {
  /** The key of the integration in the config. */
  readonly integration: string
  /** Names of the states that the module of state handlers handles; absent: there is no module. */
  readonly handlers?: readonly string[] | undefined
  /** A path on the provider that sets up states in Pact's own protocol, or a URL of it. */
  readonly statesPath?: string | undefined
  /** The module of state handlers, for the fix. */
  readonly statesFile?: string | undefined
  /** Descriptions of the messages that the module of producers produces; absent: there is no module. */
  readonly producers?: readonly string[] | undefined
  /** A path on the provider that produces messages in Pact's own protocol. */
  readonly messagesPath?: string | undefined
  /** The module of message producers, for the fix. */
  readonly messagesFile?: string | undefined
  /** Given where the provider runs already and is only named by its URL. */
  readonly running?: { readonly allowWrites: boolean } | undefined
}
