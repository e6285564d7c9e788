/**
 * The value of a metric in Prometheus' text format, summed over its labels; `undefined` where it is
 * not there.
 *
 * @example
 * metricIn('paid_total{way="card"} 2\npaid_total{way="cash"} 1', 'paid_total') // 3
 */
export const metricIn = (text: string, name: string): number | undefined => {
  const values = text.split('\n').flatMap((line) => {
    const match = /^([A-Za-z_:][\w:]*)(?:\{.*\})?\s+(\S+)/.exec(line)
    return match?.[1] === name ? [Number(match[2])] : []
  })
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0)
}
