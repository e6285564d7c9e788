declare module 'njre' {
  /** Downloads and extracts a JRE beside `installPath`, and resolves with its folder. */
  export const install: (
    major: number,
    options: { readonly release: string; readonly type: 'jre'; readonly installPath: string },
  ) => Promise<string>
}
