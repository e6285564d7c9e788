import { z } from 'zod'
import { duration, text } from './schema-parts.ts'

const named = (description: string) => z.string().min(1).optional().meta({ description })
const flag = (description: string) => z.literal(true).optional().meta({ description })

/** Which of a provider's contracts are asked for, in Pact's own words. */
const selector = z
  .strictObject({
    mainBranch: flag("the latest of each consumer's main branch"),
    branch: named('the latest of this branch'),
    matchingBranch: flag("the latest of the branch of the provider's own name"),
    deployedOrReleased: flag('all that are deployed or released anywhere'),
    deployed: flag('all that are deployed'),
    released: flag('all that are released'),
    environment: named('only what is deployed or released there'),
    tag: named('the latest with this tag'),
    latest: flag('only the latest'),
    fallbackBranch: named('the branch that is taken where "branch" has none'),
    fallbackTag: named('the tag that is taken where "tag" has none'),
    consumer: named('only contracts of this consumer'),
  })
  .refine((value) => Object.keys(value).length > 0, 'a selector that says something')
  .meta({
    id: 'selector',
    description: "which of a provider's contracts are asked for, with keys as Pact names them",
  })

/** Contracts that a broker has, instead of files. */
export const brokerContracts = z.strictObject({
  broker: z
    .strictObject({
      selectors: z.array(selector).min(1).optional().meta({
        description: 'consumer version selectors: objects with keys as Pact names them',
        otherwise: '[{ mainBranch: true }, { deployedOrReleased: true }]',
      }),
      enablePending: z.boolean().optional().meta({
        description:
          'whether a contract that no version of the provider has verified yet may fail without making the run red',
        otherwise: 'false',
      }),
      includeWipPactsSince: z
        .string()
        .regex(/^\d{4}-\d\d-\d\d$/, 'a day such as "2026-11-01"')
        .optional()
        .meta({ description: 'also work in progress that was published since that day' }),
    })
    .meta({ description: 'which of the contracts that the broker has are fetched and replayed' }),
  files: z
    .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
    .optional()
    .meta({ description: 'Pact files besides, by glob' }),
})

/** Which contracts a broker is asked for. */
export type BrokerContractsConfig = z.output<typeof brokerContracts>

/** Where the Pact Broker is, and who asks. */
export const broker = z.strictObject({
  url: text.optional().meta({
    description: 'its address',
    otherwise: 'the variable PACT_BROKER_BASE_URL',
  }),
  token: text.optional().meta({
    description: 'sent as a bearer token',
    otherwise: 'the variable PACT_BROKER_TOKEN',
  }),
  username: text.optional().meta({
    description: 'the user of basic authentication',
    otherwise: 'the variable PACT_BROKER_USERNAME',
  }),
  password: text.optional().meta({
    description: 'the password of basic authentication',
    otherwise: 'the variable PACT_BROKER_PASSWORD',
  }),
  certificate: z.string().min(1).optional().meta({
    description:
      "a file with the certificate (PEM) of who signed the broker's own, where no public authority has",
    otherwise: 'the variable SSL_CERT_FILE',
  }),
  within: duration.optional().meta({
    description: 'how long one request to it may take, with all that is tried again',
    otherwise: '30s',
  }),
})
