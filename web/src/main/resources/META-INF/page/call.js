import { ask } from './api.js';
import { query } from './address.js';

/// One call that a view depends on, and what became of it. It is asked again only if it differs.

const SLOW_MILLIS = 200;
const WAITS_MOST = 5;

let open = 0;

/// Says on the document whether calls are open, for what waits until all is there.
function busy(change) {
  open += change;
  document.body.toggleAttribute('data-busy', open > 0);
}

export class Call {
  #host;
  #key = null;
  #last = null;
  #aborter = null;
  #timers = [];
  #waits = 0;

  /// What came, or null.
  answer = null;
  /// Why nothing came, or null.
  error = null;
  /// Whether it takes long enough to say so.
  slow = false;
  /// Seconds until it is asked again by itself, or 0.
  wait = 0;

  constructor(host) {
    this.#host = host;
  }

  get data() {
    return this.answer?.data ?? null;
  }

  get pending() {
    return this.#aborter !== null;
  }

  /// Asks, unless just that was asked. With `keep`, what is there stays until the answer is.
  ask(path, params, { body, keep = false, epoch = 0 } = {}) {
    const key = `${epoch} ${path}?${query(params)} ${body ? JSON.stringify(body) : ''}`;
    if (key === this.#key) return;
    this.#waits = 0;
    this.#start(key, [path, params, { body }], keep);
  }

  /// Asks for nothing any more.
  clear() {
    this.#stop();
    this.#key = null;
    this.answer = null;
    this.error = null;
  }

  /// Asks the same again.
  retry() {
    this.#start(this.#key, this.#last, false);
    this.#host.requestUpdate();
  }

  #stop() {
    this.#aborter?.abort();
    this.#aborter = null;
    this.#timers.forEach(timer => clearInterval(timer));
    this.#timers = [];
    this.slow = false;
    this.wait = 0;
  }

  #start(key, call, keep) {
    this.#stop();
    this.#key = key;
    this.#last = call;
    this.error = null;
    if (!keep) this.answer = null;
    const aborter = new AbortController();
    this.#aborter = aborter;
    this.#timers.push(setTimeout(() => {
      this.slow = true;
      this.#host.requestUpdate();
    }, SLOW_MILLIS));
    const [path, params, options] = call;
    busy(1);
    ask(path, params, { ...options, signal: aborter.signal }).then(
      answer => this.#over(aborter, () => { this.answer = answer; }),
      failure => this.#over(aborter, () => this.#failed(failure))
    // Later than what the answer leads to.
    ).finally(() => setTimeout(() => busy(-1)));
  }

  #over(aborter, then) {
    if (aborter !== this.#aborter) return;
    this.#stop();
    then();
    this.#host.requestUpdate();
  }

  /// Where the service says when to ask again, it is asked again then, a few times.
  #failed(failure) {
    this.answer = null;
    this.error = failure;
    if (!failure.retryAfter || ++this.#waits > WAITS_MOST) return;
    this.wait = failure.retryAfter;
    this.#timers.push(setInterval(() => {
      if (--this.wait > 0) this.#host.requestUpdate();
      else this.retry();
    }, 1_000));
  }
}
