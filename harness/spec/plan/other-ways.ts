import { choiceFor } from './choices.ts'
import { withParameter, type Draft } from './draft.ts'
import type { Session } from './state/session.ts'

/** The draft with each optional query parameter, one at a time. */
export const otherWays = (session: Session, draft: Draft): readonly (readonly [string, Draft])[] =>
  draft.operation.parameters
    .filter(({ in: place, required }) => place === 'query' && !required)
    .flatMap((parameter): (readonly [string, Draft])[] => {
      const { spec, seed, given } = session
      const [choice] =
        choiceFor({ ...parameter, required: true }, { spec, seed, given })?.examples ?? []
      return choice === undefined
        ? []
        : [[`with "${parameter.name}"`, withParameter(draft, parameter, choice.value)]]
    })
