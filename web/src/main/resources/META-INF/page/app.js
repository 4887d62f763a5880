import { LitElement, html, nothing } from 'lit';
import { change, href, onChange, read, withChanges } from './address.js';
import { checkVersion, forgetVersion, news, setToken } from './api.js';
import './search.js';
import './screens/overview.js';
import './screens/vm.js';
import './screens/path.js';
import './screens/what-if.js';
import './screens/rules.js';
import './screens/changes.js';
import './screens/findings.js';
import { plain } from './text.js';

/// The frame around the screens: search, ways to them, keys, notices.

const LOOK_MILLIS = 20_000;
const SAID_MILLIS = 4_000;

const WAYS = [['', 'Overview'], ['path', 'Path'], ['what-if', 'What-if'], ['rules', 'Rules'], ['findings', 'Findings'], ['changes', 'Changes']];

const KEYS = [
  ['/', 'find a VM, tag, rule or service'], ['← ↑ → ↓', 'walk over the cards of the picture'], ['Enter', 'open a card'],
  ['p', 'path of what is picked'], ['w', 'what-if for this VM'], ['t', 'to the table'], ['d', 'turn the direction'],
  ['Esc', 'put away what is picked'], ['?', 'this list']
];

function remembered() {
  try {
    return localStorage.getItem('surfacescan.keys') !== 'off';
  } catch {
    return true;
  }
}

class App extends LitElement {
  static properties = {
    place: { state: true }, epoch: { state: true }, stale: { state: true }, said: { state: true },
    asked: { state: true }, keys: { state: true }
  };

  constructor() {
    super();
    this.place = read();
    this.epoch = 0;
    this.stale = false;
    this.said = '';
    this.asked = null;
    this.keys = remembered();
    onChange(moved => {
      this.place = read();
      if (moved) this.#arrive();
    });
    news.addEventListener('version', () => { this.stale = true; });
    news.addEventListener('token', event => { this.asked = { again: event.detail }; });
    window.addEventListener('say', event => this.#say(event.detail));
    document.addEventListener('keydown', event => this.#key(event));
    const look = () => { if (document.visibilityState === 'visible' && !this.asked) checkVersion(); };
    setInterval(look, LOOK_MILLIS);
    window.addEventListener('focus', look);
  }

  createRenderRoot() {
    return this;
  }

  get screen() {
    return this.querySelector('main > :first-child');
  }

  /// After another screen came, its heading is where reading goes on.
  async #arrive() {
    await this.updateComplete;
    await this.screen?.updateComplete;
    window.scrollTo(0, 0);
    this.querySelector('main h1')?.focus({ preventScroll: true });
  }

  #say(words) {
    this.said = words;
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => { this.said = ''; }, SAID_MILLIS);
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const typing = event.target.closest('input, textarea, select, [contenteditable], dialog');
    if (typing || !this.keys) return;
    if (event.key === '/') {
      event.preventDefault();
      this.querySelector('scan-search').focusBox();
    } else if (event.key === '?') {
      this.querySelector('#keys').showModal();
    } else {
      this.screen?.key?.(event.key);
    }
  }

  updated() {
    const dialog = this.querySelector('#token');
    if (this.asked && !dialog.open) dialog.showModal();
  }

  #refresh() {
    forgetVersion();
    this.stale = false;
    this.epoch++;
  }

  #token(event) {
    event.preventDefault();
    setToken(new FormData(event.target).get('token').trim());
    event.target.reset();
    this.querySelector('#token').close();
    this.asked = null;
    this.#refresh();
  }

  #filter(event) {
    event.preventDefault();
    const data = new FormData(event.target);
    event.target.closest('details').open = false;
    const services = data.get('service').split(/[\s,]+/).filter(Boolean);
    change({ service: services.join(','), certain: data.get('certain') ? 'true' : null, after: null, row: null, pick: null });
  }

  #filters() {
    const services = this.place.params.getAll('service').join(', ');
    const certain = this.place.params.get('certain') === 'true';
    const on = services || certain;
    return html`<details class="menu filters ${on ? 'on' : ''}"><summary>${on ? html`${services ? plain(services, 30) : 'All services'}${certain ? ', certain' : ''}` : 'Filters'}</summary>
      <form class="items" @submit=${event => this.#filter(event)}>
        <label>Only these services<input name="service" placeholder="ssh, tcp/443" autocomplete="off" spellcheck="false" .value=${services}></label>
        <label class="check"><input type="checkbox" name="certain" .checked=${certain}>Without assumed rules</label>
        <div class="line"><button class="main">Apply</button>${on ? html`<a class="act" href=${withChanges({ service: null, certain: null, after: null, row: null })}>Take off</a>` : nothing}</div></form></details>`;
  }

  #screen() {
    const { screen, params } = this.place;
    switch (screen) {
      case 'vm': return html`<scan-vm .params=${params} .epoch=${this.epoch}></scan-vm>`;
      case 'path': return html`<scan-path .params=${params} .epoch=${this.epoch}></scan-path>`;
      case 'what-if': return html`<scan-what-if .params=${params} .epoch=${this.epoch}></scan-what-if>`;
      case 'rules': return html`<scan-rules .params=${params} .epoch=${this.epoch}></scan-rules>`;
      case 'findings': return html`<scan-findings .params=${params} .epoch=${this.epoch}></scan-findings>`;
      case 'changes': return html`<scan-changes .params=${params} .epoch=${this.epoch}></scan-changes>`;
      default: return html`<scan-overview .params=${params} .epoch=${this.epoch}></scan-overview>`;
    }
  }

  #toggleKeys(event) {
    this.keys = event.target.checked;
    try {
      localStorage.setItem('surfacescan.keys', this.keys ? 'on' : 'off');
    } catch {
      // Then it holds for this page.
    }
  }

  #dialogs() {
    return html`<dialog id="token" aria-labelledby="token-title" @cancel=${() => { this.asked = null; }}>
        <form @submit=${event => this.#token(event)}><h2 id="token-title">A token is needed</h2>
          <p>${this.asked?.again ? 'The token is not taken here.' : 'This service answers who sends a token.'} It is kept for this tab only.</p>
          <label>Token<input type="password" name="token" required autocomplete="off"></label>
          <div class="line"><button class="main">Use it</button></div></form></dialog>
      <dialog id="keys" aria-labelledby="keys-title"><form method="dialog"><h2 id="keys-title">Keys</h2>
          <dl>${KEYS.map(([key, words]) => html`<dt><kbd>${key}</kbd></dt><dd>${words}</dd>`)}</dl>
          <label class="check"><input type="checkbox" .checked=${this.keys} @change=${event => this.#toggleKeys(event)}>Keys are on</label>
          <div class="line"><button class="main">Close</button></div></form></dialog>`;
  }

  render() {
    const { screen } = this.place;
    return html`<a class="skip" href="#main">To the content</a>
      <header class="top"><a class="brand" href=${href('')}><svg viewBox="0 0 32 32" aria-hidden="true"><path d="M2 7c10 0 10 9 20 9M2 16h20M2 25c10 0 10-9 20-9"></path><circle cx="26" cy="16" r="4.5"></circle></svg>surfacescan</a>
        <scan-search></scan-search>
        <nav class="ways" aria-label="Screens">${WAYS.map(([name, words]) => html`<a href=${href(name)} aria-current=${name === screen ? 'page' : nothing}>${words}</a>`)}<a href="docs/">API</a></nav>
        ${this.#filters()}
        <button type="button" class="plain help" aria-label="Keys" title="Keys" @click=${() => this.querySelector('#keys').showModal()}>?</button></header>
      <div role="status" class="notices">${this.stale ? html`<p class="notice">The environment has changed while you looked.
        <a href=${href('changes')} @click=${() => this.#refresh()}>See what changed</a> <button type="button" @click=${() => this.#refresh()}>Show it as it is now</button></p>` : nothing}</div>
      <main id="main" tabindex="-1">${this.#screen()}</main>
      <div class="said" role="status" aria-live="polite">${this.said}</div>${this.#dialogs()}`;
  }
}

customElements.define('scan-app', App);
