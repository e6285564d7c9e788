/** What is said of mappings of stubs that no case of a whole run needed. */
export const unusedLines = (files: readonly string[]): readonly string[] =>
  files.length === 0
    ? []
    : [
        `unused    ${files.length === 1 ? 'a mapping' : `${files.length} mappings`} no case needed: ${files.join(', ')}`,
      ]
