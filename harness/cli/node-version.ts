/** The versions of Node that testcontainers and Vitest run on, as in `engines` of package.json. */
const supported = '^22.22.0 || ^24.0.0 || >=26.0.0'

/**
 * One sentence about a Node that is too old, or `undefined` for one that will do.
 *
 * @example
 * nodeProblem('20.20.2') // 'Proofbook needs Node ^22.22.0 || …, and this is 20.20.2. …'
 */
export const nodeProblem = (version: string): string | undefined => {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const enough = (major === 22 && minor >= 22) || major === 24 || major >= 26
  return enough
    ? undefined
    : `Proofbook needs Node ${supported}, and this is ${version}. Install a current one, or add it to the project: npm install --save-dev node@24`
}
