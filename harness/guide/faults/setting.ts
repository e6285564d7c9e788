import { nearest } from '../../model/nearest.ts'
import { Blocked, UserError } from '../../model/user-error.ts'
import type { FaultKind } from './fault-kind.ts'
import { parseVariant, type VariantWords } from './named-variant.ts'

/** The provider is started with a setting missing or wrong. */
export interface SettingFault {
  readonly kind: 'setting'
  readonly name: string
  /** Absent: it is removed. */
  readonly value?: string
}

interface Change {
  readonly value?: string
}

const variants: readonly VariantWords<Change>[] = [
  { words: 'removed', parse: (text) => (/^removed$/i.test(text) ? {} : undefined) },
  {
    words: 'set to `VALUE`',
    parse: (text) => {
      const match = /^set\s+to\s+`([^`]*)`$/i.exec(text)
      return match === null ? undefined : { value: match[1] ?? '' }
    },
  },
]

/** ``setting `NAME`, removed`` or ``setting `NAME`, set to `VALUE` ``: the provider is started with it. */
export const settingFault: FaultKind<SettingFault> = {
  kind: 'setting',
  words: variants.map(({ words }) => `setting \`NAME\`, ${words}`),
  runtimes: 'wherever the testbed starts the provider, not where it is given by its address',
  parse: (text) => {
    const parsed = parseVariant<Change>('setting', text, variants)
    if ('problem' in parsed) return parsed
    const { name, variant } = parsed.fault
    return { fault: { kind: 'setting', name, ...variant } }
  },
  put: async (testbed, { name, value }, { settings }) => {
    if (value === undefined && !settings.includes(name)) {
      const meant = nearest(name, settings)
      throw new UserError({
        problem: `the provider is not given a setting "${name}" that could be removed`,
        expected: `one of ${settings.join(', ')}`,
        ...(meant === undefined ? {} : { fix: `write "${meant}"` }),
      })
    }
    const started = performance.now()
    try {
      await testbed.restartProvider(value === undefined ? {} : { [name]: value }, {
        without: value === undefined ? [name] : [],
      })
    } catch (error) {
      // A provider that does not start with it shows it, too.
      if (!(error instanceof Blocked)) throw error
    }
    const bitAt = Date.now() - Math.round(performance.now() - started)
    let lifted = false
    return {
      firstBite: () => Promise.resolve(bitAt),
      lift: async () => {
        if (lifted) return
        lifted = true
        await testbed.restartProvider({}, { afresh: true })
      },
    }
  },
}
