import type { Packages } from '../install-command.ts'

/** What a Java is called where it can be installed. */
export const javaPackages: Packages = {
  debian: 'default-jre-headless',
  fedora: 'java-latest-openjdk-headless',
  rhel: 'java-21-openjdk-headless',
  alpine: 'openjdk21-jre-headless',
  arch: 'jre-openjdk-headless',
  suse: 'java-21-openjdk-headless',
  darwin: 'openjdk',
  win32: 'EclipseAdoptium.Temurin.21.JRE',
}
