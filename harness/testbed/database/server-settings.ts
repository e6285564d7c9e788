/**
 * How a PostgreSQL of a run is set up, whatever it runs in. Its data live as long as the run: nothing
 * has to survive a crash, and disk space is memory.
 */
export const serverSettings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
  shared_buffers: '64MB',
  min_wal_size: '32MB',
  max_wal_size: '128MB',
  // A clone lives for seconds, and a vacuum's connection would hold up the next one.
  autovacuum: 'off',
  // What a case does wrong on purpose is no news; what ends the server is.
  log_min_messages: 'log',
  log_checkpoints: 'off',
  logging_collector: 'off',
  log_line_prefix: '',
  lc_messages: 'C',
} as const

/** As options of the program `postgres`. */
export const settingOptions = (settings: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
