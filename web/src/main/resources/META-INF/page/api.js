import { base, query } from './address.js';

/// The interface as every other client sees it.

/// What a call was refused with.
export class Refused extends Error {
  constructor(call, status, problem, retryAfter) {
    super(problem.detail ?? problem.title ?? `The answer was ${status}.`);
    this.call = call;
    this.status = status;
    this.problem = problem;
    this.kind = String(problem.type ?? '').split(':').pop();
    this.retryAfter = retryAfter;
  }
}

const STORED = 'surfacescan.token';

function stored() {
  try {
    return sessionStorage.getItem(STORED);
  } catch {
    return null;
  }
}

let token = stored();

/// Keeps the token for this tab, and nowhere else.
export function setToken(text) {
  token = text || null;
  try {
    if (token) sessionStorage.setItem(STORED, token);
    else sessionStorage.removeItem(STORED);
  } catch {
    // Then it is kept in memory only.
  }
}

export const hasToken = () => token !== null;

/// Tells who listens of the environment's versions, `version`, and of missing tokens, `token`.
export const news = new EventTarget();

let version = null;

/// The version that the views are made from is the one that comes next.
export function forgetVersion() {
  version = null;
}

function noteVersion(found) {
  if (!found || found === version) return;
  const before = version;
  version = found;
  if (before) news.dispatchEvent(new CustomEvent('version', { detail: found }));
}

export function address(path, params) {
  const text = query(params).toString();
  return new URL(path + (text ? '?' + text : ''), base).href;
}

/// Asks, and returns the answer as it came.
export async function fetchAnswer(path, params, { signal, accept = 'application/json', body } = {}) {
  const headers = { Accept: accept };
  if (token) headers.Authorization = 'Bearer ' + token;
  if (body) headers['Content-Type'] = 'application/json';
  const method = body ? 'POST' : 'GET';
  const call = `${method} /${path}`;
  let answer;
  try {
    answer = await fetch(address(path, params), {
      method, headers, signal, body: body && JSON.stringify(body), credentials: 'same-origin'
    });
  } catch (failure) {
    if (failure.name === 'AbortError') throw failure;
    throw new Refused(call, 0, { title: 'The service does not answer', detail: 'The service does not answer.' });
  }
  noteVersion(answer.headers.get('X-Environment-Version'));
  if (answer.ok) return answer;
  const problem = await answer.json().catch(() => ({}));
  const wait = Number(answer.headers.get('Retry-After'));
  if (answer.status === 401) news.dispatchEvent(new CustomEvent('token', { detail: hasToken() }));
  throw new Refused(call, answer.status, problem, wait > 0 ? wait : null);
}

/// Asks for JSON, or for text in another format. Pages come with their total and where the next one starts.
export async function ask(path, params, options) {
  const answer = await fetchAnswer(path, params, options);
  const total = answer.headers.get('X-Total-Count');
  const next = /<([^>]*)>;\s*rel="next"/.exec(answer.headers.get('Link') ?? '');
  return {
    data: options?.accept ? await answer.text() : await answer.json(),
    total: total === null ? null : Number(total),
    next: next && new URL(next[1], base).searchParams.get('after')
  };
}

export async function checkVersion() {
  await fetchAnswer('environment', {}).catch(() => null);
}

export async function download(path, params, accept, name, options) {
  const answer = await fetchAnswer(path, params, { accept, ...options });
  save(await answer.blob(), name);
}

export function save(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/// One call that a view depends on, and what became of it. It is asked again only if it differs.

const SLOW_MILLIS = 200;
const WAITS_MOST = 5;

let calls = 0;

/// Says on the document whether calls are open, for what waits until all is there.
function busy(change) {
  calls += change;
  document.body.toggleAttribute('data-busy', calls > 0);
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
  ask(path, params, { body, accept, keep = false, epoch = 0 } = {}) {
    const key = `${epoch} ${path}?${query(params)} ${body ? JSON.stringify(body) : ''}`;
    if (key === this.#key) return;
    this.#waits = 0;
    this.#start(key, [path, params, { body, accept }], keep);
  }

  clear() {
    this.#stop();
    this.#key = null;
    this.answer = null;
    this.error = null;
  }

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
