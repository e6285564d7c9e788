import type { Place } from '../../model/place.ts'

/** The content of a fence: its lines without the page's indentation, and where they stand. */
export interface FenceText {
  readonly file: string
  /** Line of the page on which the content begins. */
  readonly line: number
  /** Column at which the content's lines begin. */
  readonly column: number
  readonly lines: readonly string[]
}

/** Why a fence cannot be read, at its own line. */
export interface FenceProblem {
  readonly problem: string
  readonly place: Place
  readonly expected?: string
  readonly fix?: string
}

/** The place of a character of a fence; both count from 0. */
export const placeIn = (fence: FenceText, lineIndex: number, characterIndex = 0): Place => ({
  file: fence.file,
  line: fence.line + lineIndex,
  column: fence.column + characterIndex,
})

/** The place of an index into lines of a fence that were joined, the first being `firstLine`. */
export const placeInJoined =
  (fence: FenceText, firstLine: number, joined: string) =>
  (index: number): Place => {
    const before = joined.slice(0, index).split('\n')
    return placeIn(fence, firstLine + before.length - 1, before.at(-1)?.length ?? 0)
  }
