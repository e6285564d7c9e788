import type { Scenario } from './types.ts'

/** The integration that a scenario names, with or without backticks. */
export const namedIntegration = ({ integration }: Scenario): string | undefined =>
  integration?.text.replaceAll('`', '').trim()
