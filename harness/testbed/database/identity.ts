/** A user and a group, by number. */
export interface Identity {
  readonly uid: number
  readonly gid: number
}

/** `nobody` on Linux and the BSDs: owns nothing, so nothing of the user's is in its reach. */
const unprivileged = 65534

/**
 * As whom PostgreSQL must run. It refuses to run as root, so root runs it as nobody; anybody else
 * runs it as themselves (`undefined`).
 */
export const serverIdentity = (
  uid: number | undefined = process.getuid?.(),
): Identity | undefined => (uid === 0 ? { uid: unprivileged, gid: unprivileged } : undefined)
