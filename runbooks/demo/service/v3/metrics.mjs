// Counts requests, and writes the numbers in the Prometheus text format.

const windowMs = 60_000;

export class Metrics {
  #requests = 0;
  #errors = 0;
  #recent = [];

  count(status, milliseconds) {
    const failed = status >= 500;
    this.#requests += 1;
    if (failed) this.#errors += 1;
    this.#recent.push({ at: Date.now(), failed, milliseconds });
  }

  /**
   * @param {{ release: string, bulkPricing: boolean, stored: number, share: { meant: number, seen: number },
   *   compared: { compared: number, discrepancies: number, dearer: number } }} now
   */
  text({ release, bulkPricing, stored, share, compared }) {
    this.#recent = this.#recent.filter(({ at }) => at > Date.now() - windowMs);
    return [
      ...metric('requests_total', 'counter', 'Requests for orders since the start.', this.#requests),
      ...metric('errors_total', 'counter', 'Requests answered with a status of 500 or more.', this.#errors),
      ...metric('error_rate', 'gauge', 'Failed requests of the last minute, in percent.', this.#errorRate()),
      ...metric('p95_ms', 'gauge', '95 % of the requests of the last minute were faster than this.', this.#p95()),
      ...metric('stored', 'gauge', 'Orders in the database.', stored),
      ...metric('flag{name="BULK_PRICING"}', 'gauge', '1 when the feature is on for anybody.', bulkPricing ? 1 : 0),
      ...metric('share', 'gauge', 'Customers who are meant to get the new price, in percent.', share.meant),
      ...metric('share_seen', 'gauge', 'Orders since the start that got the new price, in percent.', share.seen),
      ...metric('compared', 'counter', 'Orders since the start that the shadow has priced, too.', compared.compared),
      ...metric('discrepancies', 'counter', 'Of these, those to which it gave another price.', compared.discrepancies),
      ...metric('dearer', 'counter', 'Of these, those to which it gave a higher one.', compared.dearer),
      ...metric(`release{version="${release}"}`, 'gauge', 'The release that is running.', 1),
      '',
    ].join('\n');
  }

  #errorRate() {
    if (this.#recent.length === 0) return 0;
    return round((100 * this.#recent.filter(({ failed }) => failed).length) / this.#recent.length);
  }

  #p95() {
    const sorted = this.#recent.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
    return round(sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0);
  }
}

function metric(name, type, help, value) {
  const family = `orders_${name.replace(/\{.*/, '')}`;
  return [`# HELP ${family} ${help}`, `# TYPE ${family} ${type}`, `orders_${name} ${value}`];
}

function round(value) {
  return Math.round(value * 10) / 10;
}
